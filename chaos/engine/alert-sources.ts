import { request } from 'undici';
import { z } from 'zod';
import { type AlertNotification, alertNotificationSchema } from '../journal/event.ts';

export type AlertState = 'pending' | 'firing';

const alertsSchema = z.object({
  data: z.object({
    alerts: z.array(
      z.object({ labels: z.record(z.string(), z.string()), state: z.enum(['pending', 'firing']) }),
    ),
  }),
});
const notificationsSchema = z.object({
  next: z.number().int(),
  // The receiver tells more of each than a run keeps.
  notifications: z.array(alertNotificationSchema.strip()),
});
const watchdogSchema = z.object({ lastHeartbeatAt: z.string().nullable() });
/** Loki's rules as Prometheus' own API would tell them; the year 1 stands for "not yet". */
const logRulesSchema = z.object({
  data: z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ lastEvaluation: z.string() })) })),
  }),
});
const sampleSchema = z.tuple([z.number(), z.string()]);
const valuesSchema = z.object({
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ value: sampleSchema })) }),
    z.object({ resultType: z.literal('scalar'), result: sampleSchema }),
  ]),
});

const deadlineMs = 2000;

/** Prometheus understood the request and will never answer it. */
export class RefusedQuery extends Error {}

async function get<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await request(url, { signal: AbortSignal.timeout(deadlineMs) });
  if (answer.statusCode === 400) throw new RefusedQuery(await answer.body.text());
  return schema.parse(await answer.body.json());
}

/** What Prometheus' rules hold, by `alert severity`. The watchdog, which always fires, is left out. */
export async function readAlerts(prometheusUrl: string): Promise<ReadonlyMap<string, AlertState>> {
  const { data } = await get(`${prometheusUrl}/api/v1/alerts`, alertsSchema);
  const states = new Map<string, AlertState>();
  for (const { labels, state } of data.alerts) {
    const severity = labels.severity ?? labels.sloth_severity ?? 'none';
    if (severity === 'watchdog') continue;
    const key = `${labels.alertname ?? '?'} ${severity}`;
    if (states.get(key) !== 'firing') states.set(key, state);
  }
  return states;
}

/** What the receiver got after its first `since` notifications; `next` is where to go on. */
export function readNotifications(
  receiverUrl: string,
  since: number,
): Promise<{ readonly next: number; readonly notifications: readonly AlertNotification[] }> {
  return get(`${receiverUrl}/notifications?since=${since}`, notificationsSchema);
}

/** When the receiver last heard the heartbeat that must never end, ms since the epoch. */
export async function readHeartbeat(receiverUrl: string): Promise<number | undefined> {
  const { lastHeartbeatAt } = await get(`${receiverUrl}/watchdog`, watchdogSchema);
  return lastHeartbeatAt === null ? undefined : Date.parse(lastHeartbeatAt);
}

/** When Loki evaluated the alert rule that it has not evaluated for longest, ms since the epoch. */
export async function readLogRules(lokiUrl: string): Promise<number | undefined> {
  const { data } = await get(`${lokiUrl}/prometheus/api/v1/rules`, logRulesSchema);
  const evaluated = data.groups.flatMap(({ rules }) =>
    rules.map(({ lastEvaluation }) => Date.parse(lastEvaluation)),
  );
  return evaluated.length === 0 || evaluated.some((ms) => ms < 0) ? undefined : Math.min(...evaluated);
}

/** The highest burn rate of a service's SLOs over `window`; `undefined` where there is none yet. */
export async function readBurn(
  prometheusUrl: string,
  service: string,
  window: string,
): Promise<number | undefined> {
  const ratio = `slo:sli_error:ratio_rate${window}{sloth_service="${service}"}`;
  const query = `max(${ratio} / on(sloth_id) group_left() slo:error_budget:ratio)`;
  const [value] = await readValues(prometheusUrl, query);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The values of an instant query. @throws {RefusedQuery} */
export async function readValues(prometheusUrl: string, query: string): Promise<readonly number[]> {
  const url = `${prometheusUrl}/api/v1/query?query=${encodeURIComponent(query)}`;
  const { data } = await get(url, valuesSchema);
  if (data.resultType === 'scalar') return [Number(data.result[1])];
  return data.result.map(({ value }) => Number(value[1]));
}

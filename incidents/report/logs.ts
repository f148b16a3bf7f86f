import type { Piece } from '@firedrill/chaos/report';
import { z } from 'zod';
import type { LogGroup } from './facts.ts';

/** Loki's answer to a range query of a log: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
const streamsSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({
        stream: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.string(), z.string()])),
      }),
    ),
  }),
});

type Labels = z.infer<typeof streamsSchema>['data']['result'][number]['stream'];

/** Longer lines are cut: the whole is in the evidence. */
const longest = 160;

/**
 * Pure: the lines of an answer, those that differ in figures and ids only as one, in the order in which the first of each
 * came; `undefined` where there is no answer.
 */
export function logGroups(piece: Piece | undefined): readonly LogGroup[] | undefined {
  const parsed = streamsSchema.safeParse(piece?.answer);
  if (!parsed.success) return undefined;
  const groups = new Map<string, LogGroup>();
  const lines = parsed.data.data.result.flatMap(({ stream, values }) =>
    values.map(([nanoseconds, line]) => lineOf(stream, Number(nanoseconds) / 1e6, line)),
  );
  for (const line of lines.toSorted((a, b) => a.atMs - b.atMs)) {
    const key = [line.service, line.node, line.severity, sameness(line.message)].join(' ');
    const known = groups.get(key);
    groups.set(key, known === undefined ? line : { ...known, count: known.count + 1 });
  }
  return [...groups.values()];
}

function lineOf(stream: Labels, atMs: number, line: string): LogGroup {
  const why = [stream['err_message'], stream['err_cause']].filter((one) => one !== undefined);
  const message = [asRequest(line) ?? line, ...why].join(': ').replaceAll(/\s+/g, ' ');
  return {
    atMs,
    service: stream['service_name'] ?? '?',
    node: stream['node'] ?? stream['service_instance_id'] ?? '?',
    severity: stream['severity_text'] ?? stream['error_severity'] ?? '?',
    message: message.length > longest ? `${message.slice(0, longest - 1)}…` : message,
    count: 1,
  };
}

const requestSchema = z.object({ method: z.string(), path: z.string(), status: z.string() });

/** A line of the load balancer, which is JSON, as one reads a request: `POST /orders 503`. */
function asRequest(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { data } = requestSchema.safeParse(JSON.parse(line));
    return data === undefined ? undefined : `${data.method} ${data.path} ${data.status}`;
  } catch {
    return undefined;
  }
}

/** What differs from line to line only. */
const sameness = (message: string): string =>
  message.replaceAll(/[0-9a-f-]*\d[0-9a-f.:-]*/gi, '#').slice(0, 60);

import { z } from 'zod';
import type { Unnumbered } from './notification.ts';

const labels = z.record(z.string(), z.string());

/** Alertmanager's webhook payload, version 4: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
const webhookSchema = z.object({
  version: z.literal('4'),
  groupKey: z.string(),
  truncatedAlerts: z.number().int().optional(),
  status: z.enum(['firing', 'resolved']),
  receiver: z.string(),
  alerts: z.array(z.unknown()).min(1),
});

const alertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: labels.refine((value) => (value['alertname'] ?? '') !== '', 'an alert needs the label alertname'),
  annotations: labels,
  startsAt: z.iso.datetime({ offset: true }),
  /** `0001-01-01T00:00:00Z` while it fires. */
  endsAt: z.iso.datetime({ offset: true }),
  fingerprint: z.string(),
});

export interface ReadWebhook {
  /** One an alert. */
  readonly notifications: readonly Unnumbered[];
  /** What is wrong with the others, a line each, or with the whole. */
  readonly problems: readonly string[];
}

/**
 * Pure: the alerts of a payload. One that cannot be read does not take its neighbours with it: Alertmanager sends what was refused no
 * second time.
 */
export function readWebhook(text: string, receivedAt: Date): ReadWebhook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { notifications: [], problems: ['the payload is not JSON'] };
  }
  const webhook = webhookSchema.safeParse(json);
  if (!webhook.success) return { notifications: [], problems: [problemOf(webhook.error)] };
  const read = webhook.data.alerts.map((alert) => alertSchema.safeParse(alert));
  return {
    notifications: read.flatMap((one) => (one.success ? [notificationOf(one.data, receivedAt)] : [])),
    problems: read.flatMap((one, index) => (one.success ? [] : [problemOf(one.error, 'alerts', index)])),
  };
}

/** `alerts.1.labels: …` */
function problemOf({ issues: [issue] }: z.ZodError, ...within: readonly PropertyKey[]): string {
  const path = [...within, ...(issue?.path ?? [])].join('.');
  return `${path || 'payload'}: ${issue?.message}`;
}

function notificationOf(alert: z.output<typeof alertSchema>, receivedAt: Date): Unnumbered {
  return {
    receivedAt: receivedAt.toISOString(),
    source: 'alertmanager',
    alert: alert.labels['alertname']!,
    severity: alert.labels['severity'] ?? '',
    ...(alert.labels['sloth_id'] === undefined ? {} : { slo: alert.labels['sloth_id'] }),
    status: alert.status,
    startsAt: alert.startsAt,
    ...(alert.status === 'resolved' ? { endsAt: alert.endsAt } : {}),
    fingerprint: alert.fingerprint,
    labels: alert.labels,
    annotations: alert.annotations,
  };
}

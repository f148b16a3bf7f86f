import { z } from 'zod';

const labels = z.record(z.string(), z.string());

/** Alertmanager's webhook payload, version 4: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const webhookSchema = z.object({
  version: z.literal('4'),
  groupKey: z.string(),
  truncatedAlerts: z.number().int().optional(),
  status: z.enum(['firing', 'resolved']),
  receiver: z.string(),
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels: labels.refine(
          (value) => (value['alertname'] ?? '') !== '',
          'an alert needs the label alertname',
        ),
        annotations: labels,
        startsAt: z.iso.datetime({ offset: true }),
        /** `0001-01-01T00:00:00Z` while it fires. */
        endsAt: z.iso.datetime({ offset: true }),
        fingerprint: z.string(),
      }),
    )
    .min(1),
});

export type Webhook = Readonly<z.infer<typeof webhookSchema>>;

/** One alert as it reached the receiver: a line of RECEIVER_JOURNAL and an entry of `GET /notifications`. */
export const notificationSchema = z.strictObject({
  /** 1, 2, 3 … over the journal's life. */
  seq: z.number().int(),
  /** When the whole request had arrived, UTC with milliseconds. */
  receivedAt: z.iso.datetime({ precision: 3 }),
  /** `receiver`: the receiver's own, about the silence of Alertmanager. */
  source: z.enum(['alertmanager', 'receiver']),
  alert: z.string(),
  /** `page`, `ticket`, `watchdog`, or empty when the alert has none. */
  severity: z.string(),
  /** Sloth's id, e.g. `shop-l1-checkout-availability`. */
  slo: z.string().optional(),
  status: z.enum(['firing', 'resolved']),
  startsAt: z.string(),
  endsAt: z.string().optional(),
  fingerprint: z.string(),
  labels,
  annotations: labels,
});

export type Notification = Readonly<z.infer<typeof notificationSchema>>;
export type Unnumbered = Omit<Notification, 'seq'>;

/** Pure: a checked payload as notifications, one an alert. */
export function notificationsOf(webhook: Webhook, receivedAt: Date): readonly Unnumbered[] {
  return webhook.alerts.map((alert) => ({
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
  }));
}

import { z } from 'zod';

const labels = z.record(z.string(), z.string());

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

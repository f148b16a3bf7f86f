import { z } from 'zod';
import { actSchema } from './act.ts';

const at = z.iso.datetime({ precision: 3 });

export const incidentAlertSchema = z.strictObject({
  alert: z.string(),
  severity: z.enum(['page', 'ticket']),
  /** Sloth's id, where it is an SLO's. */
  slo: z.string().optional(),
  /** In the alert's own words. */
  summary: z.string().optional(),
  /** When its rule began to fire. */
  startsAt: z.string(),
  /** When the receiver was told, of its begin and of its end. */
  firedAt: at,
  resolvedAt: at.optional(),
});

/**
 * `open`: a page fires and nobody has it. `acknowledged`: somebody has. `recovered`: its pages have ended, and whoever has it
 * has not said that it is over. `resolved`: over.
 */
export const incidentStatusSchema = z.enum(['open', 'acknowledged', 'recovered', 'resolved']);

/** From a first page to its end, with what people did: all of it follows from notifications and acts. */
export const incidentSchema = z.strictObject({
  /** When it opened (UTC) and its level, `20261123-045947-l1`; a second one of that second ends in `-2`. */
  id: z.string(),
  lab: z.string(),
  level: z.number().int(),
  status: incidentStatusSchema,
  /** How many acts there were: who acts on what was seen can name it. */
  revision: z.number().int(),
  openedAt: at,
  /** When the last of its pages ended. */
  recoveredAt: at.optional(),
  /** `by` is absent where it ended by itself, and nobody had it. */
  resolved: z.strictObject({ at, by: z.string().optional() }).optional(),
  /** By whoever has it now; an escalation takes that back. */
  acknowledged: z.strictObject({ at, by: z.string() }).optional(),
  assignee: z.string().optional(),
  escalations: z.number().int(),
  /** The page that opened it comes first, then what attached to it. */
  alerts: z.array(incidentAlertSchema).min(1),
  acts: z.array(actSchema),
});

export type Incident = Readonly<z.infer<typeof incidentSchema>>;
export type IncidentAlert = Readonly<z.infer<typeof incidentAlertSchema>>;
export type IncidentStatus = Incident['status'];

/** `page CheckoutAvailability`. */
export const alertName = ({ severity, alert }: Pick<IncidentAlert, 'severity' | 'alert'>): string =>
  `${severity} ${alert}`;

/** Pure: its pages that have not ended. */
export const firingPages = ({ alerts }: Pick<Incident, 'alerts'>): readonly IncidentAlert[] =>
  alerts.filter(({ severity, resolvedAt }) => severity === 'page' && resolvedAt === undefined);

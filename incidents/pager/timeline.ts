import { z } from 'zod';
import type { Act } from './act.ts';
import { alertName, type Incident, type IncidentAlert } from './incident.ts';

export const timelineEntrySchema = z.strictObject({
  at: z.iso.datetime({ precision: 3 }),
  /** A page or a ticket fired, an alert ended, the last page ended; or what a person did. */
  kind: z.enum([
    'page',
    'ticket',
    'ended',
    'recovered',
    'acknowledge',
    'assign',
    'note',
    'resolve',
    'escalate',
  ]),
  /** The person; absent where it was no act. */
  by: z.string().optional(),
  text: z.string(),
});

export const timelineSchema = z.array(timelineEntrySchema);

export type TimelineEntry = Readonly<z.infer<typeof timelineEntrySchema>>;
export type Timeline = readonly TimelineEntry[];

/** Pure: what happened, in its order. What came at the same moment stands in the order of cause. */
export function timelineOf({ alerts, acts, recoveredAt }: Incident): Timeline {
  const entries: readonly TimelineEntry[] = [
    ...alerts.map(fired),
    ...alerts.flatMap(ended),
    ...(recoveredAt === undefined
      ? []
      : [{ at: recoveredAt, kind: 'recovered', text: 'the last page has ended' } as const]),
    ...acts.map((act): TimelineEntry => ({ at: act.at, kind: act.kind, by: act.by, text: actText(act) })),
  ];
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function fired(one: IncidentAlert): TimelineEntry {
  const summary = one.summary === undefined ? '' : `: ${one.summary}`;
  return { at: one.firedAt, kind: one.severity, text: `${alertName(one)} fired${summary}` };
}

function ended(one: IncidentAlert): readonly TimelineEntry[] {
  if (one.resolvedAt === undefined) return [];
  return [{ at: one.resolvedAt, kind: 'ended', text: `${alertName(one)} ended` }];
}

/** Pure: what somebody did, without who. */
export function actText(act: Act): string {
  const why = 'text' in act && act.text !== undefined ? `: ${act.text}` : '';
  switch (act.kind) {
    case 'acknowledge':
      return 'acknowledged';
    case 'assign':
      return `assigned to ${act.to}`;
    case 'note':
      return `noted${why}`;
    case 'escalate':
      return `escalated${act.to === undefined ? '' : ` to ${act.to}`}${why}`;
    case 'resolve':
      return act.firing.length === 0
        ? `resolved${why}`
        : `resolved while ${act.firing.join(', ')} fired${why}`;
  }
}

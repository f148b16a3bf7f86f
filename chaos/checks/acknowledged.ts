import type { JournalEvent } from '../journal/event.ts';
import { type AlertName, nameOf } from './alert-history.ts';
import { eventsOf, type Run } from './run.ts';

type AcknowledgedEvent = Extract<JournalEvent, { type: 'acknowledged' }>;

/** When a person first took the incident in which an alert was open, and who; ms since the epoch. */
export interface Taken {
  readonly atMs: number;
  readonly by: string;
}

/** An alert that came after its incident was taken has none of its own. */
export function takenOf(run: Run, alert: AlertName): Taken | undefined {
  const event = eventsOf(run, 'acknowledged').find(({ alerts }) => alerts.includes(nameOf(alert)));
  return takenBy(event);
}

/** The first between two moments: one lab has one incident at a time. */
export function takenBetween(run: Run, from: string, to: string | undefined): Taken | undefined {
  const event = eventsOf(run, 'acknowledged').find(
    ({ acknowledgedAt: at }) => at >= from && (to === undefined || at <= to),
  );
  return takenBy(event);
}

const takenBy = (event: AcknowledgedEvent | undefined): Taken | undefined =>
  event && { atMs: Date.parse(event.acknowledgedAt), by: event.by };

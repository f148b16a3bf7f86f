import type { Notification } from './notification.ts';

/** What is remembered of an alert: its newest notification that was kept. */
export type Newest = Pick<Notification, 'status' | 'startsAt' | 'endsAt'>;

/**
 * Pure: does it tell what is known already? Alertmanager sends a delivery again when the answer was lost, and a whole group
 * whenever one of its alerts changes. What fires after its end is no repeat, also with its old beginning: an alert whose end was
 * only Prometheus' silence comes back so, and a page too many is better than one that is lost.
 */
export function isRepeat(newest: Newest | undefined, next: Newest): boolean {
  if (newest === undefined) return false;
  if (next.status === 'firing') {
    return newest.status === 'firing' && Date.parse(next.startsAt) <= Date.parse(newest.startsAt);
  }
  // An end that lies before the beginning of what fires now is that of an earlier time.
  const since = newest.status === 'firing' ? newest.startsAt : (newest.endsAt ?? '');
  return next.endsAt !== undefined && Date.parse(next.endsAt) <= Date.parse(since);
}

import type { AlertNotification } from '../journal/event.ts';

/** One time that an alert was open at the receiver: from the first of its instances to the end of the last. */
export interface Told {
  readonly delivered: AlertNotification;
  readonly resolved: AlertNotification | undefined;
}

/** Pure: every time that one alert was open, by its notifications in the order in which they came. */
export function timesTold(notifications: readonly AlertNotification[]): readonly Told[] {
  const times: { delivered: AlertNotification; resolved: AlertNotification | undefined }[] = [];
  const open = new Set<string>();
  for (const notification of notifications) {
    const { status, fingerprint = '' } = notification;
    if (status === 'firing') {
      if (open.size === 0) times.push({ delivered: notification, resolved: undefined });
      open.add(fingerprint);
      continue;
    }
    // The end of what was open before this run says nothing of it.
    if (!open.delete(fingerprint) || open.size > 0) continue;
    const last = times.at(-1);
    if (last !== undefined) last.resolved = notification;
  }
  return times;
}

import type { Notification } from '@firedrill/alerts';

export const lab = '0a1b2c3d-l1-20261123T085900000Z';

const start = Date.UTC(2026, 10, 23, 9, 0, 0);
/** So many seconds after nine. */
export const at = (second: number): string => new Date(start + second * 1000).toISOString();

type Change = Partial<Notification> & { readonly since?: number };

/** A notification as a receiver keeps it; its number is its place in what `numbered` is given. */
export function told(
  status: 'firing' | 'resolved',
  severity: 'page' | 'ticket',
  alert: string,
  second: number,
  { since = second, ...change }: Change = {},
): Omit<Notification, 'seq'> {
  return {
    receivedAt: at(second),
    source: 'alertmanager',
    alert,
    severity,
    slo: `shop-l1-${alert}`,
    status,
    startsAt: at(since),
    ...(status === 'resolved' ? { endsAt: at(second) } : {}),
    fingerprint: `${severity}-${alert}`,
    labels: { alertname: alert, severity, service: 'shop-l1', level: '1' },
    annotations: { summary: `${alert} is not well` },
    ...change,
  };
}

export const numbered = (all: readonly Omit<Notification, 'seq'>[]): readonly Notification[] =>
  all.map((one, index) => ({ seq: index + 1, ...one }));

/** A page from one second to another. */
export const page = (alert: string, from: number, to: number): readonly Omit<Notification, 'seq'>[] => [
  told('firing', 'page', alert, from),
  told('resolved', 'page', alert, to, { since: from }),
];

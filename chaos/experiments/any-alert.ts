import { knownAlerts } from '@firedrill/alerts';
import type { Experiment } from './experiment.ts';
import { alwaysForbidden } from './forbidden.ts';

type Allowed = NonNullable<NonNullable<Experiment['alerts']>['allowed']>;

/**
 * Pure: every alert of a level but those that must never come, where which of them fire is not what is asked.
 * @param but a page that is left out, too.
 */
export function anyAlert(level: number, reason: string, but?: string): Allowed {
  const never = new Set(alwaysForbidden.map(({ alert }) => alert));
  return [...knownAlerts(level)].flatMap((name) => {
    const [severity = '', alert = ''] = name.split(' ');
    if (never.has(alert) || (alert === but && severity === 'page')) return [];
    return severity === 'page' || severity === 'ticket' ? [{ alert, severity, reason }] : [];
  });
}

import { seriesOf } from '../evidence/prometheus-samples.ts';
import { eventsOf, type Run } from './run.ts';
import { timeOf } from './run-times.ts';

export type AlertName = Readonly<{ alert: string; severity: string }>;
type State = 'pending' | 'firing';

export function isFor(contract: AlertName, other: AlertName): boolean {
  return contract.alert === other.alert && contract.severity === other.severity;
}

/** `page CheckoutAvailability`. */
export const nameOf = ({ alert, severity }: AlertName): string => `${severity} ${alert}`;

/** When a rule began to be in a state; ms since the epoch. */
export interface StateSeen extends AlertName {
  readonly state: State;
  readonly atMs: number;
}

/**
 * The states of all rules as they began, in their order: as the run saw them change, and where it was blind, as Prometheus
 * remembers them (asked for every second).
 */
export function alertStates(run: Run): readonly StateSeen[] {
  const seen = eventsOf(run, 'alert').flatMap((event): StateSeen[] => {
    const { alert, severity, state } = event;
    return state === 'inactive' ? [] : [{ alert, severity, state, atMs: timeOf(event) }];
  });
  const remembered = seriesOf(run.evidence.get('prometheus-alerts-history')).flatMap(
    (series): StateSeen[] => {
      const { alertname: alert = '', severity = '', alertstate } = series.metric;
      const [first] = series.samples;
      if (first === undefined || (alertstate !== 'pending' && alertstate !== 'firing')) return [];
      return [{ alert, severity, state: alertstate, atMs: first[0] }];
    },
  );
  const missed = remembered.filter(
    (one) => !seen.some((other) => other.state === one.state && isFor(other, one)),
  );
  return [...seen, ...missed].sort((a, b) => a.atMs - b.atMs);
}

import type { Facts } from './facts.ts';

/** Pure: the invariants of orders and money that did not hold in the run, in words. */
export function brokenPromises({ run }: Facts): readonly string[] {
  return (run?.verdict.integrity.invariants ?? [])
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ invariant, promise, violations }) => `${invariant}, “${promise}”: ${violations} times not`);
}

/** Pure: the first time somebody took it, ms after it opened. */
export function takenAfterMs({ incident }: Facts): number | undefined {
  const taken = incident.acts.find(({ kind }) => kind === 'acknowledge');
  return taken === undefined ? undefined : Date.parse(taken.at) - Date.parse(incident.openedAt);
}

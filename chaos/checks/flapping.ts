import type { IncidentAlert } from '@firedrill/alerts';
import type { Check } from '../report/verdict.ts';
import { nameOf } from './alert-history.ts';
import { runIncidents } from './incidents.ts';
import { eventsOf, type Run } from './run.ts';
import { timeOf } from './run-times.ts';

/** A page that ended and came again although nothing had changed. */
export interface Flap {
  readonly page: string;
  readonly resolvedAt: string;
  readonly firedAt: string;
}

/** While a fault is in and nobody pulls a lever nothing changes: a page that comes then has to stay. */
export function flaps(run: Run): readonly Flap[] {
  const stretches = steadyStretches(run);
  const { incidents } = runIncidents(run);
  const pages = incidents.flatMap(({ alerts }) => alerts.filter(({ severity }) => severity === 'page'));
  return [...Map.groupBy(pages, ({ key }) => key).values()].flatMap((episodes) =>
    episodes.slice(1).flatMap((again, index): Flap[] => {
      const before = episodes[index] as IncidentAlert;
      if (before.resolvedAt === undefined) return [];
      const [resolvedMs, firedMs] = [Date.parse(before.resolvedAt), Date.parse(again.firedAt)];
      if (!stretches.some(([fromMs, toMs]) => fromMs <= resolvedMs && firedMs <= toMs)) return [];
      return [{ page: nameOf(again), resolvedAt: before.resolvedAt, firedAt: again.firedAt }];
    }),
  );
}

/** Each fault from its injection to its heal, cut where an operator began or ended something. */
function steadyStretches(run: Run): readonly (readonly [number, number])[] {
  const acts = eventsOf(run, 'operator')
    .filter(({ state }) => state !== 'step')
    .map(timeOf);
  return run.times.faults.flatMap(({ fromMs, toMs = run.times.endMs }) => {
    const cuts = [fromMs, ...acts.filter((ms) => ms > fromMs && ms < toMs).sort((a, b) => a - b), toMs];
    return cuts.slice(1).map((until, index) => [cuts[index] ?? fromMs, until] as const);
  });
}

/** Did every page that came stay while its fault was steady? */
export function checkFlapping(run: Run): Check {
  const name = 'flapping';
  if (run.times.faults.length === 0) {
    return { name, verdict: 'inconclusive', summary: 'No fault was injected.', evidence: [] };
  }
  const found = flaps(run);
  const evidence = found.map(
    ({ page, resolvedAt, firedAt }) => `${page} resolved at ${resolvedAt} and fired again at ${firedAt}`,
  );
  if (found.length === 0) {
    return { name, verdict: 'pass', summary: 'No page flapped while its fault was steady.', evidence };
  }
  const pages = [...new Set(found.map(({ page }) => page))].join(', ');
  const times = `${found.length} ${found.length === 1 ? 'time' : 'times'}`;
  return { name, verdict: 'fail', summary: `${pages} flapped under a steady fault, ${times}.`, evidence };
}

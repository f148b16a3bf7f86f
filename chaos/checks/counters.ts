import { cadence, clientScrapeSeconds, formatLe, type Slo } from '@firedrill/slo';
import { grewBy, type Series, seriesOf } from '../evidence/prometheus-samples.ts';
import type { Check } from '../report/verdict.ts';
import type { Run } from './run.ts';
import { eventsFor, slosOf } from './slo-events.ts';

/** How far Prometheus may be from the ledger: this many events, or this share of them. */
const toleratedEvents = 2;
const toleratedShare = 0.01;

interface Counted {
  readonly total: number;
  readonly bad: number;
}

/**
 * Does Prometheus count what the users' ledger counts? Its counters are read as they were scraped, up to the last scrape:
 * a rule can only be as true as they are, also when nobody buys, and when nobody can.
 */
export function checkCounters(run: Run): Check {
  const name = 'counters';
  const none = (summary: string): Check => ({ name, verdict: 'inconclusive', summary, evidence: [] });
  const { loadFromMs } = run.times;
  const slos = slosOf(run);
  if (loadFromMs === undefined || slos.length === 0)
    return none('There is no load, or no SLO, to count for.');
  const requests = seriesOf(run.evidence.get('prometheus-counted'));
  const inTime = seriesOf(run.evidence.get('prometheus-counted-in-time'));
  const lastMs = Math.max(...requests.flatMap(({ samples }) => samples.at(-1)?.[0] ?? []));
  if (!Number.isFinite(lastMs) || inTime.length === 0) return none('Prometheus could not be asked.');
  const users = run.operations.filter(({ invoke }) => invoke.retryOf === undefined);
  if (users.length === 0) return none('The ledger holds no request to be counted.');
  const lastAnswerMs = users.reduce((last, { result }) => Math.max(last, result?.at ?? 0), 0);
  const unseenMs = lastAnswerMs - lastMs;
  if (unseenMs > 4000 * clientScrapeSeconds[run.plan.clock]) {
    return none(`Prometheus last counted ${(unseenMs / 1000).toFixed(1)} s before the last answer.`);
  }
  const budgets = seriesOf(run.evidence.get('prometheus-budget')).flatMap(({ samples }) => samples);
  // Two turns of the rules that record it.
  const isDue = lastMs - loadFromMs > 2000 * cadence[run.plan.clock].budgetSeconds;
  if (budgets.length === 0 && isDue) return none('Prometheus records no budget.');
  if (budgets.some(isNoNumber)) {
    return { ...none('The budget that Prometheus records was no number.'), verdict: 'fail' };
  }
  const found = slos.map((slo) => {
    // Both up to the same moment.
    const events = eventsFor(run, slo).filter(({ timeMs }) => timeMs <= lastMs);
    const bad = events.filter(({ outcome }) => outcome === 'bad').length;
    return {
      slo,
      ledger: { total: events.length, bad },
      counted: countedFor(slo, requests, inTime, loadFromMs),
    };
  });
  const evidence = found.map(
    ({ slo, ledger, counted }) =>
      `${slo.name}: Prometheus ${counted.bad} bad of ${counted.total}, ledger ${ledger.bad} of ${ledger.total}`,
  );
  const wrong = found.findIndex(
    ({ ledger, counted }) => !near(ledger.bad, counted.bad) || !near(ledger.total, counted.total),
  );
  if (wrong !== -1) {
    return {
      name,
      verdict: 'fail',
      summary: `Prometheus does not count what users got: ${evidence[wrong]}.`,
      evidence,
    };
  }
  const apart = Math.max(
    ...found.flatMap(({ ledger, counted }) => [
      Math.abs(ledger.bad - counted.bad),
      Math.abs(ledger.total - counted.total),
    ]),
  );
  const summary = `Prometheus counted what the ledger did, at most ${apart} event${apart === 1 ? '' : 's'} apart in ${found.length} SLOs.`;
  return { name, verdict: 'pass', summary, evidence };
}

const isNoNumber = ([, value]: Series['samples'][number]): boolean => value === null;

const near = (ledger: number, counted: number): boolean =>
  Math.abs(ledger - counted) <= Math.max(toleratedEvents, toleratedShare * ledger);

function countedFor(
  slo: Slo,
  requests: readonly Series[],
  inTime: readonly Series[],
  fromMs: number,
): Counted {
  const grown = (series: readonly Series[], labels: Readonly<Record<string, string>>): number =>
    series
      .filter(({ metric }) => slo.operations.includes(metric['operation'] ?? ''))
      .filter(({ metric }) => Object.entries(labels).every(([name, value]) => metric[name] === value))
      .reduce((sum, { samples }) => sum + grewBy(samples, fromMs, Infinity), 0);
  const good = grown(requests, { outcome: 'good' });
  const bad = grown(requests, { outcome: 'bad' });
  if (slo.thresholdSeconds === undefined) return { total: good + bad, bad };
  return { total: good + bad, bad: good - grown(inTime, { le: formatLe(slo.thresholdSeconds) }) };
}

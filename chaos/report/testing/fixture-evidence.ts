import { alertWindows, formatDuration, formatLe, sloCatalogue } from '@firedrill/slo';
import { orderStates } from '@firedrill/target-app/journeys';
import type { Piece } from '../../evidence/piece.ts';
import type { LedgerEntry } from '../../ledger/entry.ts';
import type { FixtureLoad } from './fixture-load.ts';
import { loadFromMs, loadToMs } from './fixture-load.ts';

const about = { source: 'prometheus-1', at: '2026-11-23T02:02:46.000Z', status: 200 };

/** What a lab would have answered after such a load. */
export function fixtureEvidence({ entries, audit }: FixtureLoad): Piece[] {
  const ends = entries.filter((entry) => entry.type !== 'invoke');
  return [
    ...countedPieces(entries),
    {
      piece: 'audit',
      what: 'the books after the heal: orders, stock, keys, events, payments',
      source: 'shop',
      request: 'the databases directly and the payment provider’s journal',
      at: about.at,
      answer: { states: orderStates, snapshot: audit },
    },
    ...alertWindows('drill')
      .pairs.slice(0, 2)
      .flatMap((pair) =>
        [pair.shortSeconds, pair.longSeconds].map((seconds): Piece => {
          const length = formatDuration(seconds);
          return {
            ...about,
            piece: `prometheus-error-ratio-${length}`,
            what: `error ratio of each SLO over ${length}`,
            request: `/api/v1/query_range?query=slo%3Asli_error%3Aratio_rate${length}`,
            answer: matrix((at) => errorRatio(ends, at, seconds)),
          };
        }),
      ),
    {
      ...about,
      piece: 'prometheus-budget',
      what: 'error budget that is left of the period',
      request: '/api/v1/query_range?query=slo%3Aperiod_error_budget_remaining%3Aratio',
      answer: matrix((at) => 1 - errorRatio(ends, at, 43_200) * 100 * 0.05),
    },
    {
      ...about,
      piece: 'alertmanager-silences',
      what: 'what a person held back, and until when',
      source: 'alertmanager-1',
      request: '/api/v2/silences',
      answer: [],
    },
    {
      ...about,
      piece: 'prometheus-up',
      what: 'which scrapes succeeded, sample by sample',
      request: '/api/v1/query?query=up…',
      answer: {
        status: 'success',
        data: { resultType: 'matrix', result: [scraped('client', 'client-1'), scraped('api', 'api-1')] },
      },
    },
    {
      ...about,
      piece: 'loki-errors',
      what: 'warnings and errors from the injection until after the heal',
      source: 'loki-1',
      request: '/loki/api/v1/query_range?query=…',
      answer: null,
      problem: 'fetch failed',
    },
  ];
}

/** A target that was there all the time. */
function scraped(job: string, instance: string): unknown {
  const values: [number, string][] = [];
  for (let ms = loadFromMs - 5_000; ms <= loadToMs; ms += 1_000) values.push([ms / 1000, '1']);
  return { metric: { __name__: 'up', job, instance }, values };
}

function matrix(valueAt: (ms: number) => number): unknown {
  const values: [number, string][] = [];
  for (let ms = loadFromMs; ms <= loadToMs; ms += 1_000) values.push([ms / 1000, String(valueAt(ms))]);
  const metric = { sloth_id: 'shop-l1-checkout-availability', sloth_slo: 'checkout-availability' };
  return { status: 'success', data: { resultType: 'matrix', result: [{ metric, values }] } };
}

function errorRatio(ends: readonly LedgerEntry[], ms: number, seconds: number): number {
  const inside = ends.filter((entry) => entry.at <= ms && entry.at > ms - seconds * 1000);
  const bad = inside.filter((entry) => entry.type !== 'invoke' && entry.sli === 'bad').length;
  return inside.length === 0 ? 0 : bad / inside.length;
}

/** The load client's counters as Prometheus scraped them every second, those of an earlier client before them. */
function countedPieces(entries: readonly LedgerEntry[]): Piece[] {
  const invoked = new Map(entries.flatMap((entry) => (entry.type === 'invoke' ? [[entry.id, entry]] : [])));
  const answers = entries.flatMap((entry) => {
    const invoke = invoked.get(entry.id);
    if (entry.type === 'invoke' || invoke === undefined || invoke.retryOf !== undefined) return [];
    return [{ ...entry, operation: invoke.operation }];
  });
  const series = (labels: Record<string, string>, of: typeof answers) => {
    const values: [number, string][] = [[loadFromMs / 1000 - 20, '86400']];
    for (let ms = loadFromMs - 1_000; ms <= loadToMs + 5_000; ms += 1_000) {
      values.push([ms / 1000, String(of.filter(({ at }) => at <= ms).length)]);
    }
    return { metric: labels, values };
  };
  const operations = [...new Set(answers.map(({ operation }) => operation))].sort();
  const bounds = [...new Set(sloCatalogue(1).flatMap(({ thresholdSeconds: seconds }) => seconds ?? []))];
  const raw = (piece: string, what: string, result: readonly object[]): Piece => ({
    ...about,
    piece,
    what,
    request: '/api/v1/query?query=…',
    answer: { status: 'success', data: { resultType: 'matrix', result } },
  });
  return [
    raw(
      'prometheus-counted',
      'the requests that count for the SLOs, sample by sample',
      operations.flatMap((operation) =>
        (['good', 'bad'] as const).map((outcome) =>
          series(
            { operation, outcome },
            answers.filter((one) => one.operation === operation && one.sli === outcome),
          ),
        ),
      ),
    ),
    raw(
      'prometheus-counted-in-time',
      'the good answers within the latency thresholds, sample by sample',
      operations.flatMap((operation) =>
        bounds.map((bound) =>
          series(
            { operation, outcome: 'good', le: formatLe(bound) },
            answers.filter(
              (one) => one.operation === operation && one.sli === 'good' && one.latencyMs <= bound * 1000,
            ),
          ),
        ),
      ),
    ),
  ];
}

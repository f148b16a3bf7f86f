import type { Piece } from '../../evidence/piece.ts';
import type { JournalEvent, Plan } from '../../journal/event.ts';
import type { LedgerEntry } from '../../ledger/entry.ts';
import { loadFromMs, loadToMs } from './fixture-load.ts';
import { type FixtureRun, fixtureRun } from './fixture-run.ts';

/** How often the edge is asked whether it is ready, and when it was started again in the made-up run. */
const probeEveryMs = 3_000;
const restartedMs = loadFromMs + 100_000;

/** Of the failed requests every so many a time-out at the user, or one that never got through to the edge. */
const timedOutEach = 5;
const refusedEach = 7;

/**
 * The made-up run with a load balancer in front. Some failures are time-outs, which the edge counts as ended without an
 * answer, some were refused before it, which it does not count at all; readiness probes are among its figures.
 */
export function fixtureRunBehindEdge(): FixtureRun {
  const run = fixtureRun();
  let failed = 0;
  const ledger = run.ledger.map((entry): LedgerEntry => {
    if (entry.type !== 'unknown') return entry;
    failed += 1;
    const { status: _, ...rest } = entry;
    if (failed % timedOutEach === 0) return { ...rest, code: 'timeout' };
    return failed % refusedEach === 0 ? { ...rest, code: 'ECONNREFUSED' } : entry;
  });
  const atLevel2 = (plan: Plan): Plan => ({ ...plan, level: 2, service: 'shop-l2' });
  const journal = run.journal.map(
    (event): JournalEvent => (event.type === 'planned' ? { ...event, plan: atLevel2(event.plan) } : event),
  );
  return { journal, ledger, evidence: [...run.evidence, ...edgePieces(ledger)] };
}

function edgePieces(ledger: readonly LedgerEntry[]): Piece[] {
  const about = { source: 'prometheus-1', at: '2026-11-23T02:02:46.000Z', status: 200 };
  const reached = ledger.flatMap((entry) =>
    entry.type === 'invoke' || (entry.type === 'unknown' && entry.code === 'ECONNREFUSED')
      ? []
      : [
          {
            at: entry.at,
            code: entry.status === undefined ? 'other' : `${Math.floor(entry.status / 100)}xx`,
          },
        ],
  );
  const probes: { at: number; code: string }[] = [];
  for (let at = loadFromMs + 500; at < loadToMs; at += probeEveryMs) probes.push({ at, code: '2xx' });
  const all = [...reached, ...probes];
  const series = (labels: Record<string, string>, of: readonly { readonly at: number }[]) => ({
    metric: labels,
    values: everySecond(ledger).map((ms): [number, string] => {
      // It restarts right after a sample, and counts from zero.
      const since = ms > restartedMs ? restartedMs : -Infinity;
      return [ms / 1000, String(of.filter(({ at }) => at > since && at <= ms).length)];
    }),
  });
  const matrix = (result: readonly object[]) => ({
    status: 'success',
    data: { resultType: 'matrix', result },
  });
  const codes = ['1xx', '2xx', '3xx', '4xx', '5xx', 'other'];
  const answeredByApi = all.filter(({ code }) => code === '2xx');
  return [
    {
      ...about,
      piece: 'prometheus-edge-responses',
      what: 'answers of the load balancer by class',
      request: '/api/v1/query_range?query=…',
      answer: matrix(
        codes.map((code) =>
          series(
            { code },
            all.filter((one) => one.code === code),
          ),
        ),
      ),
    },
    {
      ...about,
      piece: 'prometheus-edge-server-responses',
      what: 'answers of each API as the load balancer counted them',
      request: '/api/v1/query_range?query=…',
      answer: matrix(
        ['api-1', 'api-2'].map((server, index) =>
          series(
            { server, code: '2xx' },
            answeredByApi.filter((_, at) => at % 2 === index),
          ),
        ),
      ),
    },
    {
      ...about,
      piece: 'prometheus-edge-probes',
      what: "readiness probes among the load balancer's requests, by their answer",
      request: '/api/v1/query?query=…',
      answer: {
        status: 'success',
        data: {
          resultType: 'vector',
          result: [
            { metric: { answer: 'ready' }, value: [loadToMs / 1000, String(probes.length)] },
            { metric: { answer: 'not ready' }, value: [loadToMs / 1000, '0'] },
          ],
        },
      },
    },
  ];
}

/** From before the load until the last answer. */
function everySecond(ledger: readonly LedgerEntry[]): readonly number[] {
  const last = Math.max(...ledger.map(({ at }) => at));
  const seconds: number[] = [];
  for (let ms = loadFromMs - 30_000; ms <= last + 2_000; ms += 1_000) seconds.push(ms);
  return seconds;
}

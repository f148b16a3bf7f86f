import {
  eventRate,
  formatDuration,
  type ProductionReplay,
  replayOnProduction,
  type Slo,
} from '@firedrill/slo';
import type { Check } from '../report/verdict.ts';
import type { Run } from './run.ts';
import { levelOf, secondsFor, slosOf } from './slo-events.ts';

/** What the 30-day alerts would have said of this run after three quiet days. */
export interface SloReplay {
  readonly slo: Slo;
  readonly replay: ProductionReplay;
}

export function productionReplays(run: Run): readonly SloReplay[] {
  const level = levelOf(run);
  if (level === undefined || run.times.loadFromMs === undefined || run.operations.length === 0) return [];
  return slosOf(run).map((slo) => ({
    slo,
    replay: replayOnProduction(secondsFor(run, slo), {
      errorBudget: slo.errorBudget,
      quietPerSecond: eventRate(slo, level, 'labRps'),
    }),
  }));
}

/** States what production would have seen; that it would not have paged is a finding, not a failure. */
export function checkProductionReplay(run: Run): Check {
  const name = 'production-replay';
  const replays = productionReplays(run);
  if (replays.length === 0) {
    return { name, verdict: 'inconclusive', summary: 'There is no series to replay.', evidence: [] };
  }
  const evidence = replays.map(({ slo, replay }) => `${slo.name}: ${sentence(run, replay)}`);
  const paging = replays.filter(({ replay }) => replay.wouldPage).map(({ slo }) => slo.alert);
  const summary =
    paging.length === 0
      ? 'On the production windows nothing would have paged.'
      : `On the production windows ${paging.join(' and ')} would have paged.`;
  return { name, verdict: 'pass', summary, evidence };
}

/** `would have paged 43 s after the injection, by the windows 5m and 1h`. */
function sentence(run: Run, replay: ProductionReplay): string {
  const { page, ticket } = replay;
  const first = page.fires ? page : ticket;
  if (!first.fires || first.atSecond === undefined || first.pair === undefined) {
    return `would not have fired, ${Math.floor(page.peakOfThreshold * 100)} % of the way to a page`;
  }
  const { loadFromMs = 0, injectedMs } = run.times;
  const after = Math.round((loadFromMs + first.atSecond * 1000 - (injectedMs ?? loadFromMs)) / 1000);
  const since = injectedMs === undefined ? 'start' : 'injection';
  const windows = `${formatDuration(first.pair.shortSeconds)} and ${formatDuration(first.pair.longSeconds)}`;
  return `would have ${page.fires ? 'paged' : 'made a ticket'} ${after} s after the ${since}, by the windows ${windows}`;
}

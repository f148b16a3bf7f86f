import { groupIntervalMs } from '@firedrill/alerts';
import { alertWindows, cadence } from '@firedrill/slo';
import type { Check } from '../report/verdict.ts';
import { nameOf } from './alert-history.ts';
import { type Detection, detections, type Episode } from './detection.ts';
import { pipelineOf } from './pipeline-of.ts';
import { eventsOf, type Run } from './run.ts';

/** What a busy machine may add to the pipeline at its worst. */
const busyMs = 3_000;

/**
 * How far a resolution may be from its prediction, ms. Late: every phase of the pipeline missed by a hair. Early: what burnt
 * again for less than a scrape is seen by the ledger alone, and would have held the alert that much longer.
 */
function toleranceMs(run: Run): { readonly lateMs: number; readonly earlyMs: number } {
  const { clock } = run.plan;
  const { scrapeSeconds, evaluationSeconds } = pipelineOf(clock);
  const lateMs = (scrapeSeconds + evaluationSeconds) * 1000 + groupIntervalMs + busyMs;
  // On a lab that was up before, the errors of an earlier run may still trip the slow leg: the ledger does not know them.
  const usedBefore = eventsOf(run, 'lab-ready').some(({ started }) => !started);
  const slowMs = Math.max(
    ...alertWindows(clock).pairs.map((pair) => (pair.severity === 'page' ? pair.shortSeconds * 1000 : 0)),
  );
  return {
    lateMs: lateMs + (usedBefore ? slowMs : 0),
    earlyMs: lateMs + cadence[clock].keepFiringSeconds * 1000,
  };
}

/** Did each page end when the run's own events say that it must: when its legs no longer burn, and its hold is over? */
export function checkResolution(run: Run): Check {
  const name = 'resolution';
  const pages = detections(run).filter(({ severity }) => severity === 'page');
  const ends = pages.flatMap((page) => page.episodes.map((episode) => ({ page, episode })));
  const evidence = ends.map(({ page, episode }) => sentence(page, episode, run));
  const { lateMs, earlyMs } = toleranceMs(run);
  const wrong = ends.filter(({ episode: { resolved, rangeMs } }) => {
    if (resolved === undefined || rangeMs === undefined) return false;
    const atMs = Date.parse(resolved.receivedAt);
    return atMs > rangeMs.toMs + lateMs || atMs < rangeMs.fromMs - earlyMs;
  });
  if (wrong.length > 0) {
    const summary = `${wrong.map(({ page, episode }) => sentence(page, episode, run)).join('; ')}.`;
    return { name, verdict: 'fail', summary, evidence };
  }
  const open = ends.filter(({ episode }) => episode.resolved === undefined);
  if (open.length > 0) {
    const summary = `${open.map(({ page }) => nameOf(page)).join(', ')} had not resolved when the run ended.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  const known = ends.flatMap(({ episode }) => latenessMs(episode) ?? []);
  const summary =
    ends.length === 0
      ? 'No page came, so none had to end.'
      : known.length === 0
        ? `${[...new Set(ends.map(({ page }) => nameOf(page)))].join(', ')} resolved; no SLO predicts when.`
        : `Every page resolved, at most ${seconds(Math.max(...known.map(Math.abs)))} from its predicted time.`;
  return { name, verdict: 'pass', summary, evidence };
}

/** How much later than predicted it resolved, ms; negative when earlier. */
function latenessMs({ resolved, resolutionMs }: Episode): number | undefined {
  if (resolved === undefined || resolutionMs === undefined) return undefined;
  return Math.round(Date.parse(resolved.receivedAt) - resolutionMs);
}

function sentence(page: Detection, { resolved, resolutionMs, rangeMs: range }: Episode, run: Run): string {
  const { injectedMs = run.times.plannedMs } = run.times;
  const after = (ms: number) => seconds(ms - injectedMs);
  const measured =
    resolved === undefined
      ? 'was not resolved'
      : `resolved ${after(Date.parse(resolved.receivedAt))} after the injection`;
  const near =
    range === undefined || range.toMs - range.fromMs < 1000
      ? ''
      : `, ${after(range.fromMs)} to ${Number.isFinite(range.toMs) ? after(range.toMs) : 'the end'} so near the threshold`;
  const predicted = resolutionMs === undefined ? 'no prediction' : `predicted ${after(resolutionMs)}${near}`;
  return `${nameOf(page)} ${measured} (${predicted})`;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

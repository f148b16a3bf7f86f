import { wordsOf } from '@firedrill/lab/levers';
import {
  alertWindows,
  budgetCost,
  burningSpans,
  eventRate,
  meanPipelineSeconds,
  type Slo,
} from '@firedrill/slo';
import { pipelineOf } from '../checks/pipeline-of.ts';
import { eventsOf, type Run } from '../checks/run.ts';
import { timeOf } from '../checks/run-times.ts';
import { declaredLevelOf, eventsFor } from '../checks/slo-events.ts';
import type { Verdict } from '../report/verdict.ts';
import type { Figures } from './comparison-result.ts';
import { isBad } from './is-bad.ts';
import { recovery } from './recovery.ts';
import { timesIn } from './times-in.ts';
import { writeOutage } from './write-outage.ts';

/** Pure: what a run of a comparison says of its level; `undefined` where the fault was never in, or not to its end. */
export function figuresOf(
  run: Run,
  { orders, integrity }: Pick<Verdict, 'orders' | 'integrity'>,
  yardstick: Slo,
): Figures | undefined {
  const { injectedMs, healedMs } = run.times;
  if (injectedMs === undefined || healedMs === undefined || eventsOf(run, 'abort').length > 0)
    return undefined;
  const users = run.operations.filter(
    ({ invoke, result }) =>
      invoke.retryOf === undefined && result?.sli !== 'excluded' && (result?.at ?? Infinity) >= injectedMs,
  );
  const untilHeal = { operations: run.operations, times: timesIn(run) };
  return {
    writeOutage: writeOutage(untilHeal),
    requests: users.length,
    failedRequests: users.filter(isBad).length,
    ...costOf(run, yardstick, injectedMs),
    ...firstPage(run, injectedMs),
    yardstickPageMs: yardstickPageMs(run, yardstick, injectedMs),
    recovery: recovery(untilHeal),
    acknowledged: orders.acknowledged,
    lost: orders.lost,
    lostInPromise: integrity.lostInPromise,
    duplicated: orders.duplicated,
    levers: leversOf(run, injectedMs, healedMs),
  };
}

/** At the rate that all levels get, whatever each declares. */
function costOf(
  run: Run,
  yardstick: Slo,
  fromMs: number,
): Pick<Figures, 'fullOutageSeconds' | 'percentOf30d'> {
  const level = declaredLevelOf(run);
  if (level === undefined) return { fullOutageSeconds: 0, percentOf30d: 0 };
  const { rps } = run.plan;
  const bad = eventsFor(run, yardstick).filter(
    ({ outcome, timeMs }) => outcome === 'bad' && timeMs >= fromMs,
  );
  const cost = budgetCost(yardstick, { ...level, seedRps: rps, labRps: rps }, bad.length);
  return {
    fullOutageSeconds: Number(cost.fullOutageSeconds.toFixed(1)),
    percentOf30d: Number(cost.percentOf30d.toFixed(4)),
  };
}

function firstPage(run: Run, injectedMs: number): Pick<Figures, 'page' | 'pagedMs'> {
  const [first] = eventsOf(run, 'notification')
    .map(({ notification: { alert, severity, status, receivedAt } }) => ({
      alert,
      isPage: severity === 'page' && status === 'firing',
      atMs: Date.parse(receivedAt),
    }))
    .filter(({ isPage, atMs }) => isPage && atMs >= injectedMs)
    .toSorted((a, b) => a.atMs - b.atMs);
  return first === undefined
    ? { page: null, pagedMs: null }
    : { page: first.alert, pagedMs: Math.round(first.atMs - injectedMs) };
}

function yardstickPageMs(run: Run, yardstick: Slo, injectedMs: number): number | null {
  const level = declaredLevelOf(run);
  if (level === undefined) return null;
  const { clock, rps } = run.plan;
  const [first] = burningSpans(eventsFor(run, yardstick), {
    windows: alertWindows(clock),
    severity: 'page',
    errorBudget: yardstick.errorBudget,
    historyPerSecond: eventRate(yardstick, { ...level, labRps: rps }, 'labRps'),
    fromMs: injectedMs,
  });
  if (first === undefined) return null;
  return Math.round(first.fromMs - injectedMs + meanPipelineSeconds(pipelineOf(clock)) * 1000);
}

/** Before the heal: what is pulled after it takes something back. */
function leversOf(run: Run, injectedMs: number, healedMs: number): Figures['levers'] {
  return eventsOf(run, 'operator')
    .filter((event) => event.state === 'done' && timeOf(event) <= healedMs)
    .map((event) => ({ words: wordsOf(event), doneMs: Math.round(timeOf(event) - injectedMs) }));
}

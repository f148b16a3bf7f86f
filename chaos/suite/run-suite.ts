import { thisCheckout } from '@firedrill/lab/control';
import type { Clock } from '@firedrill/slo';
import { commitOf } from '../engine/commit.ts';
import { watchInterrupts } from '../engine/interrupts.ts';
import { Stop } from '../engine/stop.ts';
import { type Cell, cellName } from './cell.ts';
import { cellResult, notRun } from './cell-result.ts';
import type { PlannedSuite } from './plan-suite.ts';
import { type CellOutcome, controlExperiment, runCell } from './run-cell.ts';
import { scoreOf } from './score.ts';
import { SuiteRecord } from './suite-record.ts';
import type { CellResult, SuiteResult } from './suite-result.ts';

export interface SuiteOptions {
  readonly suite: PlannedSuite;
  readonly clock: Clock;
  /** Where the folders of the runs are. */
  readonly out: string;
  /** Begin anew, whatever was done already. */
  readonly again: boolean;
  readonly onLine: (line: string) => void;
  /** After each run that is no control. */
  readonly onOutcome?: (cell: Cell, outcome: CellOutcome) => Promise<void>;
}

export interface SuiteRun {
  readonly result: SuiteResult;
  /** `<runs>/suites/<key>` */
  readonly folder: string;
  /** Why it ended early. */
  readonly stopped: string | undefined;
}

/** What a run takes beside its load, s: a lab up and down, settle, evidence. */
const aroundSeconds = 40;

/**
 * Runs what is left of a suite, level after level, the control of a level before its cells. Each run has a lab of its own: burn-rate
 * windows remember 72 minutes, so on a lab that is kept the pages of one cell would be the doing of another.
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteRun> {
  const stop = new Stop();
  const endWatch = watchInterrupts(stop);
  try {
    return await runUnlessStopped(options, stop);
  } finally {
    endWatch();
  }
}

async function runUnlessStopped(options: SuiteOptions, stop: Stop): Promise<SuiteRun> {
  const { suite, out, again, onLine } = options;
  const record = new SuiteRecord(out, suite.key);
  if (again) record.forget();
  const commit = await commitOf(thisCheckout);
  const queue = queueOf(suite);
  const results: CellResult[] = [];
  const sick = new Set<number>();
  for (const [index, { cell, about, loadSeconds }] of queue.entries()) {
    const name = cellName(cell);
    const done = record.done(name);
    if (done !== undefined) results.push(done);
    else if (sick.has(cell.level))
      results.push(notRun(cell, about, `level ${cell.level} is not well without a fault`));
    else if (stop.reason !== undefined) results.push(notRun(cell, about, stop.reason));
    else {
      const left = queue.slice(index).filter((one) => record.done(cellName(one.cell)) === undefined);
      onLine(`cell ${index + 1} of ${queue.length}: ${name}, about ${minutes(left)} left`);
      const outcome = await runCell(cell, {
        ...options,
        base: suite.base,
        signal: stop.signal,
        forSeconds: loadSeconds,
      });
      const result = cellResult(cell, about, outcome, commit);
      record.add(result);
      results.push(result);
      onLine(`cell ${index + 1} of ${queue.length}: ${name}: ${result.verdict} after ${outcome.seconds} s`);
      if (!about.control) await options.onOutcome?.(cell, outcome);
    }
    const last = results.at(-1);
    if (about.control && (last?.verdict === 'fail' || last?.verdict === 'missing')) sick.add(cell.level);
  }
  const { name, key } = suite;
  return {
    result: { name, key, score: scoreOf(results), cells: results },
    folder: record.folder,
    stopped: stop.reason,
  };
}

interface Queued {
  readonly cell: Cell;
  readonly about: Pick<CellResult, 'control' | 'wanted'>;
  readonly loadSeconds: number;
}

/** The least of it leaves something to judge; what its own start costs comes on top. */
const [leastControlSeconds, controlSlackSeconds] = [30, 8];

/** Before the first cell of a level its control: without a fault, for as long as the longest control among its cells. */
function queueOf({ cells }: PlannedSuite): readonly Queued[] {
  const levels = [...Map.groupBy(cells, ({ cell }) => cell.level)].sort(([one], [other]) => one - other);
  return levels.flatMap(([level, own]) => {
    const longest = Math.max(...own.map(({ controlSeconds }) => controlSeconds));
    const loadSeconds = Math.max(leastControlSeconds, longest + controlSlackSeconds);
    const seed = own[0]?.cell.seed ?? 1;
    return [
      {
        cell: { experiment: controlExperiment, level, seed },
        about: { control: true, wanted: 'pass' as const },
        loadSeconds,
      },
      ...own.map(({ cell, loadSeconds: seconds, wanted }) => {
        return { cell, about: { control: false, wanted }, loadSeconds: seconds };
      }),
    ];
  });
}

const minutes = (left: readonly Queued[]): string =>
  `${Math.ceil(left.reduce((sum, { loadSeconds }) => sum + loadSeconds + aroundSeconds, 0) / 60)} min`;

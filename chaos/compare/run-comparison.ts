import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { loadRun } from '../checks/load-run.ts';
import { eventsOf } from '../checks/run.ts';
import { beginRun } from '../engine/begin-run.ts';
import { interpret } from '../engine/interpreter.ts';
import { watchInterrupts } from '../engine/interrupts.ts';
import type { OpenPager } from '../engine/lab-pager.ts';
import { createProgress } from '../engine/progress.ts';
import type { OpenResponder } from '../engine/responder.ts';
import { Stop } from '../engine/stop.ts';
import { LineRecord } from '../suite/line-record.ts';
import { comparisonOf, isDone } from './comparison-of.ts';
import { type Comparison, type RowResult, rowResultSchema } from './comparison-result.ts';
import { figuresOf } from './figures.ts';
import type { PlannedComparison, PlannedRow } from './plan-comparison.ts';
import { missingRow, rowResult } from './row-result.ts';

export interface ComparisonOptions {
  readonly planned: PlannedComparison;
  /** Where the folders of the runs are. */
  readonly out: string;
  /** Begin anew, whatever was done already. */
  readonly again: boolean;
  readonly onLine: (line: string) => void;
  readonly openPager: OpenPager;
  readonly openResponder: OpenResponder;
}

export interface ComparisonRun {
  readonly comparison: Comparison;
  /** `<runs>/comparisons/<key>` */
  readonly folder: string;
  /** Why it ended early. */
  readonly stopped: string | undefined;
}

/** What a row takes beside its load, s: a lab up and down, settle, evidence. */
const aroundSeconds = 60;

/** Runs what is left of a comparison, row after row, each on a lab of its own, and keeps each on disk when it is done. */
export async function runComparison(options: ComparisonOptions): Promise<ComparisonRun> {
  const { planned, out, again, onLine } = options;
  const folder = join(out, 'comparisons', planned.key);
  const record = new LineRecord<RowResult>(folder, 'rows.jsonl', rowResultSchema, ({ row }) => row);
  if (again) record.forget();
  const stop = new Stop();
  const endWatch = watchInterrupts(stop);
  const results: RowResult[] = [];
  try {
    for (const [index, row] of planned.rows.entries()) {
      const done = record.get(row.row);
      if (done !== undefined && isDone(done)) results.push(done);
      else if (stop.reason !== undefined) results.push(missingRow(planned, row, stop.reason, 0));
      else {
        const left = planned.rows.slice(index);
        const seconds = left.reduce((sum, { plan }) => sum + plan.loadMs / 1000 + aroundSeconds, 0);
        const name = `row ${index + 1} of ${planned.rows.length}: level ${row.row}`;
        onLine(`${name}, about ${Math.ceil(seconds / 60)} min left`);
        const result = await playRow(row, options);
        record.add(result);
        results.push(result);
        onLine(`${name}: ${result.verdict} after ${result.seconds} s`);
      }
    }
  } finally {
    endWatch();
  }
  return { comparison: comparisonOf(planned, results), folder, stopped: stop.reason };
}

/** A row that comes to no verdict ends no comparison. */
async function playRow(row: PlannedRow, options: ComparisonOptions): Promise<RowResult> {
  const { planned, out, openPager, openResponder } = options;
  const { plan, topology, page } = row;
  const { target, yardstick } = planned;
  const began = performance.now();
  const took = (): number => Math.round((performance.now() - began) / 100) / 10;
  try {
    const name = `${plan.experiment}${page === undefined ? '' : '-runbook'}`;
    const files = await beginRun(out, { plan, target, name });
    const verdict = await interpret({
      plan,
      topology,
      target,
      files,
      keepLab: false,
      openPager,
      progress: createProgress(),
      // Its fault stays in for as long as all the others.
      ...(page === undefined ? {} : { responder: await openResponder(page, planned.holdMs) }),
    });
    const run = await loadRun(files.folder);
    return rowResult(planned, row, {
      verdict,
      figures: figuresOf(run, verdict, yardstick),
      wasUp: eventsOf(run, 'lab-ready').some(({ started }) => !started),
      commit: run.commit,
      seconds: took(),
    });
  } catch (error) {
    if (!(error instanceof FiredrillError) || error.code === 'internal') throw error;
    return missingRow(planned, row, error.toLine(), took());
  }
}

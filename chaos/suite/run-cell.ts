import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { thisCheckout } from '@firedrill/lab/control';
import type { Clock } from '@firedrill/slo';
import { quietName } from '../engine/quiet-plan.ts';
import type { Verdict } from '../report/verdict.ts';
import type { Cell } from './cell.ts';

/** A run came to its verdict, or it did not and said why. */
export interface CellOutcome {
  readonly verdict: Verdict | undefined;
  readonly exitCode: number;
  /** The command's one line, where there is no verdict. */
  readonly problem: string | undefined;
  readonly seconds: number;
  /** Runnable processes of the whole machine when it began, a minute's mean: above its cores it was busy with others. */
  readonly loadBefore: number;
}

export interface CellOptions {
  /** Where the folders of the runs are. */
  readonly out: string;
  /** Default `drill`. */
  readonly clock?: Clock;
  /** Where relative paths start. */
  readonly base: string;
  /** Of a run without a fault: how long users come, s. */
  readonly forSeconds?: number;
  /** Each line that it says meanwhile. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** The cell of a level without any fault: what all others of the level are compared with. */
export const controlExperiment = quietName;

/** The door, and not `chaos/cli.ts`: it brings the pager. */
const main = join(thisCheckout, 'bin', 'chaos.mjs');

/** Pure: the words of `pnpm chaos` for a cell. */
function wordsOf(
  { experiment, variant, level, seed }: Cell,
  { out, clock = 'drill', forSeconds = 70 }: CellOptions,
): readonly string[] {
  const isQuiet = experiment === controlExperiment;
  return [
    ...(isQuiet ? [experiment, '--for', `${forSeconds}s`] : ['run', experiment]),
    ...(variant === undefined ? [] : [isQuiet ? '--traffic' : '--variant', variant]),
    ...['--level', String(level), '--seed', String(seed), '--clock', clock, '--json', '--out', out],
  ];
}

/** `undefined` where it printed none, or was killed while it did. */
function verdictIn(stdout: string): Verdict | undefined {
  try {
    return JSON.parse(stdout) as Verdict;
  } catch {
    return undefined;
  }
}

const tenth = (value: number): number => Math.round(10 * value) / 10;

/**
 * One run from `lab up` to its verdict, in a process of its own: what it leaks goes with it. A stop is passed on and waited for, so
 * that its faults are healed.
 */
export async function runCell(cell: Cell, options: CellOptions): Promise<CellOutcome> {
  const { base, onLine = () => {}, signal } = options;
  const began = performance.now();
  const loadBefore = tenth(loadavg()[0] ?? 0);
  const child = spawn(process.execPath, [main, ...wordsOf(cell, options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, INIT_CWD: base },
  });
  const pass = (): void => void child.kill('SIGTERM');
  signal?.addEventListener('abort', pass, { once: true });
  if (signal?.aborted) pass();
  let stdout = '';
  let last = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line !== '') last = line;
    onLine(line);
  });
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(70));
    child.once('close', (code) => resolve(code ?? 70));
  });
  signal?.removeEventListener('abort', pass);
  const verdict = verdictIn(stdout);
  const problem = verdict === undefined ? last || `it ended with exit code ${exitCode}` : undefined;
  return { verdict, exitCode, problem, seconds: tenth((performance.now() - began) / 1000), loadBefore };
}

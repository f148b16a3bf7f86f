import type { Verdict } from '@firedrill/chaos';
import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import { root } from './root.ts';

/** One experiment in one variant on one level. */
export interface Cell {
  readonly experiment: string;
  readonly variant: string | undefined;
  readonly level: number;
}

/** `lose-primary@2`, `lose-primary:promoted@3`. */
export function parseCell(text: string): Cell {
  const found = /^([a-z0-9-]+)(?::([a-z0-9-]+))?@(\d)$/.exec(text);
  if (found !== null) return { experiment: found[1] ?? '', variant: found[2], level: Number(found[3]) };
  throw new FiredrillError('usage', `not a cell: ${text}`, {
    fix: 'write experiment@level or experiment:variant@level',
  });
}

/** One run from `lab up` to its verdict. @throws {FiredrillError} `internal` when there is none. */
export async function runCell(cell: Cell, seed: number, out: string): Promise<Verdict> {
  const { experiment, variant, level } = cell;
  const words = [experiment, '--level', level, '--seed', seed, '--json', '--out', out];
  if (variant !== undefined) words.push('--variant', variant);
  const run = await $({ cwd: root, quiet: true, nothrow: true })`${process.execPath} bin/chaos.mjs ${words}`;
  if (run.stdout !== '') return JSON.parse(run.stdout) as Verdict;
  throw new FiredrillError('internal', `${experiment} at level ${level} printed no verdict`, {
    fix: run.stderr,
  });
}

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
  const words = [experiment, '--level', String(level), '--seed', String(seed), '--out', out];
  return runChaos(variant === undefined ? words : [...words, '--variant', variant]);
}

/** `pnpm chaos` with these words. @throws {FiredrillError} `internal` when it prints no verdict. */
export async function runChaos(words: readonly string[]): Promise<Verdict> {
  const chaos = $({ cwd: root, quiet: true, nothrow: true });
  const { stdout, stderr } = await chaos`${process.execPath} bin/chaos.mjs ${words} --json`;
  if (stdout !== '') return JSON.parse(stdout) as Verdict;
  throw new FiredrillError('internal', `chaos ${words.join(' ')} printed no verdict`, { fix: stderr });
}

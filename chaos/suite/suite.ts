import { dirname, resolve } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import { levelsOf } from '../experiments/experiment-at.ts';
import { firstFlaw } from '../experiments/flaw.ts';
import { findExperiment } from '../experiments/index.ts';
import { readData } from '../experiments/read-data.ts';
import type { Cell } from './cell.ts';
import { onceEach } from './matrix.ts';

const level = z.number().int().positive();

/** A suite as its author writes it. */
export const suiteSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'use small letters, digits and dashes'),
  /** `levels`, `variants` and `seeds` are multiplied. */
  cells: z
    .array(
      z.strictObject({
        /** A name, or a path from the suite's own folder. */
        experiment: z.string(),
        /** Default: each that the experiment names. */
        levels: z.array(level).min(1).optional(),
        /** Default: the experiment itself and none of them. */
        variants: z.array(z.string()).min(1).optional(),
        seeds: z.array(z.number().int().nonnegative()).min(1).default([1]),
      }),
    )
    .min(1),
});

export interface Suite {
  readonly name: string;
  readonly cells: readonly Cell[];
  /** Where the relative paths of its cells start. */
  readonly base: string;
}

/**
 * Reads a suite: TypeScript, YAML or JSON.
 * @param base where relative paths start.
 * @throws {FiredrillError} `usage`, `invalid-data`, naming file, field and fix.
 */
export async function readSuite(path: string, base: string): Promise<Suite> {
  const parsed = suiteSchema.safeParse(await readData(path, base));
  if (!parsed.success) {
    const { field, problem, fix } = firstFlaw(parsed.error, suiteSchema);
    throw new FiredrillError('invalid-data', `not a suite: ${problem}`, {
      where: field === '' ? path : `${path}: ${field}`,
      fix: fix ?? 'docs/experiments.md says how one is written',
    });
  }
  const folder = dirname(resolve(base, path));
  const cells: Cell[] = [];
  for (const { experiment, levels, variants, seeds } of parsed.data.cells) {
    const data = await findExperiment(experiment, folder);
    for (const variant of variants ?? [undefined]) {
      for (const at of levels ?? levelsOf(data, variant)) {
        for (const seed of seeds) cells.push({ experiment, variant, level: at, seed });
      }
    }
  }
  return { name: parsed.data.name, cells: onceEach(cells), base: folder };
}

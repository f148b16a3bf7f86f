import { FiredrillError } from '@firedrill/errors';
import type { ParsedExperiment } from '../experiments/experiment.ts';
import { levelsOf } from '../experiments/experiment-at.ts';
import { type Cell, cellName } from './cell.ts';

export interface MatrixRequest {
  readonly experiments: readonly ParsedExperiment[];
  /** Default: all that the experiments name. */
  readonly levels?: readonly number[] | undefined;
  readonly seeds: readonly number[];
  /** Of the experiments; default all. */
  readonly names?: readonly string[] | undefined;
  /** Each variant as well, on the cheapest of its levels. */
  readonly variants: boolean;
}

/**
 * Pure: every experiment on each of its levels with each seed, the cheap levels first. Seed after seed: whatever else the machine does
 * falls on every experiment alike.
 * @throws {FiredrillError} `usage` for an unknown experiment, or when nothing is left.
 */
export function matrixCells({ experiments, levels, seeds, names, variants }: MatrixRequest): readonly Cell[] {
  for (const name of names ?? []) {
    if (experiments.some((experiment) => experiment.name === name)) continue;
    throw new FiredrillError('usage', `unknown experiment ${name}`, {
      where: '--experiments',
      fix: `use one of ${experiments.map((experiment) => experiment.name).join(', ')}`,
    });
  }
  const cells = experiments
    .filter(({ name }) => names === undefined || names.includes(name))
    .flatMap((experiment) => [
      ...levelsOf(experiment, undefined).map((level) => ({ experiment: experiment.name, level })),
      ...(variants ? Object.keys(experiment.variants) : []).map((variant) => ({
        experiment: experiment.name,
        variant,
        level: Math.min(...levelsOf(experiment, variant)),
      })),
    ])
    .filter(({ level }) => levels === undefined || levels.includes(level));
  if (cells.length === 0 || seeds.length === 0) {
    throw new FiredrillError('usage', 'no experiment runs on these levels', {
      where: '--levels',
      fix: '`pnpm chaos list` shows the levels of each',
    });
  }
  return seeds
    .flatMap((seed) => cells.map((cell) => ({ ...cell, seed })))
    .toSorted((one, other) => one.level - other.level);
}

/** Pure: each cell at its first place only. */
export const onceEach = (cells: readonly Cell[]): readonly Cell[] => [
  ...new Map(cells.map((cell) => [cellName(cell), cell])).values(),
];

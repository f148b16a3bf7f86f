import type { ParsedExperiment } from '../experiment.ts';
import { experiments } from '../index.ts';

/** One experiment in one variant on one level that it runs on. */
export interface Cell {
  readonly name: string;
  readonly experiment: ParsedExperiment;
  readonly variant: string | undefined;
  readonly level: number;
}

/** All of them. */
export const cells: readonly Cell[] = experiments.flatMap((experiment) =>
  [undefined, ...Object.keys(experiment.variants)].flatMap((variant) =>
    (experiment.variants[variant ?? '']?.levels ?? experiment.levels).map((level) => ({
      name: [experiment.name, ...(variant === undefined ? [] : [variant]), `on level ${level}`].join(' '),
      experiment,
      variant,
      level,
    })),
  ),
);

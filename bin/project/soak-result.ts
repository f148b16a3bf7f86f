import type { Held } from './soak-footprint.ts';

/** A run of `docs/results/<date>-soak.json`. */
export interface SoakRun {
  readonly cell: string;
  readonly verdict: string;
  readonly seconds: number;
  /** What was there after the run that had not been before, or was not as the topology says. */
  readonly left: readonly string[];
  /** By node, when the run was over. */
  readonly held: Readonly<Record<string, Held>>;
}

/** Of the runs that come first: what they fill (caches, pools, plans) is no leak. */
const warmUp = 3;
/** Of the node's own after the warm-up, and so many on top, before growth is called a leak. */
const mostGrowth = { descriptors: { factor: 1.25, slack: 20 }, rssMb: { factor: 1.5, slack: 64 } } as const;

/**
 * Pure: nodes that hold more and more: in the median of the last three runs more than their share over that of the first three
 * after the warm-up. Nothing is said of fewer than six runs after it.
 */
export function growing(runs: readonly Pick<SoakRun, 'held'>[]): readonly string[] {
  const warm = runs.slice(warmUp);
  if (warm.length < 6) return [];
  const nodes = Object.keys(warm[0]?.held ?? {});
  return nodes.flatMap((node) =>
    (['descriptors', 'rssMb'] as const).flatMap((what) => {
      const figures = warm.map(({ held }) => held[node]?.[what] ?? 0);
      const [first, last] = [middle(figures.slice(0, 3)), middle(figures.slice(-3))];
      const { factor, slack } = mostGrowth[what];
      return last > factor * first + slack ? [`${node}: ${what} grew from ${first} to ${last}`] : [];
    }),
  );
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[1] ?? 0;

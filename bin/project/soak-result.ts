import { z } from 'zod';

const heldSchema = z.record(z.string(), z.strictObject({ descriptors: z.number(), rssMb: z.number() }));

const soakRunSchema = z.strictObject({
  cell: z.string(),
  verdict: z.string(),
  seconds: z.number(),
  /** What was there after the run that had not been before, or was not as the topology says. */
  left: z.array(z.string()),
  /** By node, when the run was over. */
  held: heldSchema,
});

/** `docs/results/<date>-soak.json`. */
export const soakSchema = z.object({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  level: z.number().int(),
  seed: z.number().int(),
  seconds: z.number(),
  runs: z.array(soakRunSchema),
  /** After the lab was taken down. */
  leftAtTheEnd: z.array(z.string()),
});

export type SoakRun = Readonly<z.infer<typeof soakRunSchema>>;

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

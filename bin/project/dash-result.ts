import { median } from '@firedrill/slo';
import { z } from 'zod';

/** The promise: what the medians of the visits and the size of the page may be. */
export const atMost = { firstViewMs: 1000, ageSeconds: 2, bundleKilobytes: 500 } as const;

const visitSchema = z.strictObject({
  /** From the navigation to the first view, of a new page. */
  firstViewMs: z.number(),
  /** The oldest that it has shown in ten looks. */
  ageSeconds: z.number(),
});

/** `docs/results/<date>-dash.json`: what `pnpm bench dash` measured. */
export const dashResultSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  level: z.number().int(),
  /** Requests a second of its users meanwhile. */
  rps: z.number(),
  /** The browser's version. */
  chromium: z.string(),
  atMost: z.strictObject({ firstViewMs: z.number(), ageSeconds: z.number(), bundleKilobytes: z.number() }),
  medians: z.strictObject({ firstViewMs: z.number(), ageSeconds: z.number() }),
  /** Scripts and styles of a page, gzipped, kB (10³ bytes). */
  bundleKilobytes: z.number(),
  visits: z.array(visitSchema).min(1),
});

export const dashName = 'dash';

export type DashResult = Readonly<z.infer<typeof dashResultSchema>>;
type Visit = Readonly<z.infer<typeof visitSchema>>;

/** Pure: of all visits; endless where there was none. */
export function mediansOf(visits: readonly Visit[]): DashResult['medians'] {
  const of = (figure: (visit: Visit) => number): number =>
    median(visits.map(figure)) ?? Number.POSITIVE_INFINITY;
  return { firstViewMs: of((visit) => visit.firstViewMs), ageSeconds: of((visit) => visit.ageSeconds) };
}

/** Pure: whether the medians and the size are within the promise. */
export function isAsPromised({
  visits,
  bundleKilobytes,
}: Pick<DashResult, 'visits' | 'bundleKilobytes'>): boolean {
  const { firstViewMs, ageSeconds } = mediansOf(visits);
  return (
    firstViewMs <= atMost.firstViewMs &&
    ageSeconds <= atMost.ageSeconds &&
    bundleKilobytes <= atMost.bundleKilobytes
  );
}

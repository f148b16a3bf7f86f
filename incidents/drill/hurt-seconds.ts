import type { Hurt } from '@firedrill/chaos';

/** How soon after the page a practised team has its users served again, ms: a yardstick that was set (docs/drills.md). */
export const practisedMs = 60_000;
/** Nobody does anything for so long after the page: the cost of that is what is at stake, ms. */
const unattendedMs = 300_000;
/** What users feel just before the first lever is what they would have gone on feeling. */
const rateOverSeconds = 10;

export interface Moments {
  /** All ms since the epoch. */
  readonly injectedMs: number;
  readonly pagedMs: number;
  /** The first lever was pulled; the heal where none was. */
  readonly actedMs: number;
  readonly healedMs: number;
}

export interface Burnt {
  readonly bad: number;
  readonly nothing: number;
  readonly best: number;
}

/** Pure: bad events of all SLOs from one moment to another. */
function badBetween({ loadFromMs, slos }: Hurt, fromMs: number, toMs: number): number {
  if (loadFromMs === undefined) return 0;
  const [from, to] = [fromMs, toMs].map((ms) => Math.floor((ms - loadFromMs) / 1000));
  return slos.reduce(
    (all, { seconds }) =>
      all + seconds.slice(Math.max(0, from ?? 0), to).reduce((sum, { bad }) => sum + bad, 0),
    0,
  );
}

/**
 * Pure: what the drill cost, and would have cost: until the first lever as it was, from there on at the rate of the seconds before
 * it. A fault that ends by itself has no such rate left, and then nothing was at stake.
 */
export function burntOf(hurt: Hurt, { injectedMs, pagedMs, actedMs, healedMs }: Moments): Burnt {
  const before = badBetween(hurt, injectedMs, actedMs);
  const rateFromMs = Math.max(injectedMs, actedMs - 1000 * rateOverSeconds);
  const span = Math.max(1000, actedMs - rateFromMs);
  const perMs = badBetween(hurt, rateFromMs, actedMs) / span;
  const until = (ms: number): number =>
    Math.round(ms <= actedMs ? badBetween(hurt, injectedMs, ms) : before + perMs * (ms - actedMs));
  return {
    bad: badBetween(hurt, injectedMs, healedMs),
    nothing: until(pagedMs + unattendedMs),
    best: until(pagedMs + practisedMs),
  };
}

/** Pure: the worst of the SLOs between two moments, 0 to 1; `undefined` where nobody came. */
export function worstRatioBetween(
  { loadFromMs, slos }: Hurt,
  fromMs: number,
  toMs: number,
): number | undefined {
  if (loadFromMs === undefined) return undefined;
  const [from, to] = [fromMs, toMs].map((ms) => Math.max(0, Math.floor((ms - loadFromMs) / 1000)));
  const ratios = slos.flatMap(({ seconds }) => {
    const those = seconds.slice(from, to);
    const bad = those.reduce((sum, one) => sum + one.bad, 0);
    const all = those.reduce((sum, one) => sum + one.bad + one.good, 0);
    return all === 0 ? [] : [bad / all];
  });
  return ratios.length === 0 ? undefined : Math.max(...ratios);
}

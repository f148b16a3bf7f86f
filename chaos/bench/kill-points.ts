import { randomStream, shuffled, wordOf } from '../load/random.ts';

/** Whoever may die while a fault is in. `both` are runner and guardian, `group` is all that the terminal's process group holds. */
export const victims = [
  'npx',
  'pnpm',
  'runner',
  'group',
  'guardian',
  'both',
  'toxiproxy',
  'process-compose',
] as const;

export type Victim = (typeof victims)[number];

/** One kill: who, in a run of which variant of quick-drop, and when. */
export interface KillPoint {
  readonly victim: Victim;
  /** Without one: a fault of 4 s, so that the kill may also meet the heal and what comes after it. */
  readonly variant?: string;
  /** What the moment counts from: the first request of the load, or the first intent to break something. */
  readonly from: 'load' | 'intent';
  readonly momentMs: number;
}

const variants = [
  undefined,
  'long',
  'kill-api',
  'starve',
  'two-drops',
  'pause',
  'restart-loop',
  'connect-hang',
  'drift',
] as const;

/** In the control phase; between the intents and effects of an injection; while the fault is in, and in the heal of the short one. */
const moments = [
  { upTo: 0.15, from: 'load', earliestMs: 0, latestMs: 1500 },
  { upTo: 0.4, from: 'intent', earliestMs: 0, latestMs: 150 },
  { upTo: 1, from: 'intent', earliestMs: 150, latestMs: 6000 },
] as const;

function drawnMoment(random: () => number): Pick<KillPoint, 'from' | 'momentMs'> {
  const draw = random();
  const { from, earliestMs, latestMs } = moments.find(({ upTo }) => draw < upTo) ?? moments[0];
  return { from, momentMs: Math.round(earliestMs + (latestMs - earliestMs) * random()) };
}

const variantOf = (variant: (typeof variants)[number]) => (variant === undefined ? {} : { variant });

/** Pure: so many kills as the seed draws them, each victim as often as any other. */
export function killPoints(seed: number, count: number): readonly KillPoint[] {
  const random = randomStream(seed, wordOf('kill'));
  const drawn = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const whose = Array.from({ length: Math.ceil(count / victims.length) }, () => shuffled(victims, random));
  return whose
    .flat()
    .slice(0, count)
    .map((victim) => ({
      victim,
      ...variantOf(drawn(variants)),
      ...drawnMoment(random),
    }));
}

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

/** One kill: who, during which variant of quick-drop, and when. */
export interface KillPoint {
  readonly victim: Victim;
  /** Without one: a fault of 4 s, so that the kill may also meet the heal and what comes after it. */
  readonly variant?: string;
  /** After the first request of the load; the fault goes in at 2 s. */
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

/** In the control phase, at the injection, in the fault; and in the heal of the short one. */
const [earliestMs, latestMs] = [500, 7500];
/** Where most can go wrong: between the intents and effects of an injection. */
const injectionMs = 2000;

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
      momentMs: Math.round(
        random() < 0.3 ? injectionMs + 400 * random() : earliestMs + (latestMs - earliestMs) * random(),
      ),
    }));
}

import type { Level } from '@firedrill/topology';

/** What differs between the SLOs of the levels; `pnpm slo generate` writes the specs from it. */
export interface Objectives {
  /** Percent of answered requests. */
  readonly checkoutAvailability: number;
  readonly browseAvailability: number;
  /** Percent of good answers within {@link checkoutSeconds}, {@link browseSeconds}. */
  readonly checkoutLatency: number;
  readonly browseLatency: number;
  readonly checkoutSeconds: number;
  readonly browseSeconds: number;
}

/**
 * No stricter than what a level can keep, nor than its load can measure: at 2 checkouts a second (level 1) 99.5 % would page
 * on fewer than 10 bad events. Level 2 survives the loss of an API, level 3's catalogue that of its primary; checkouts still
 * stop with the one primary, so they promise no more at 3 than at 2. At level 4 nobody has to come: a lost leader costs the writes
 * some 20 s, of which 99.8 % leaves room for eight a day, and the catalogue nothing. Synchronous commit is one more way to the
 * network in each checkout: it fits into the same half second.
 */
const byLevel: Readonly<Record<number, Objectives>> = {
  1: {
    checkoutAvailability: 99,
    browseAvailability: 99.5,
    checkoutLatency: 99,
    browseLatency: 99,
    checkoutSeconds: 0.5,
    browseSeconds: 0.25,
  },
  2: {
    checkoutAvailability: 99.5,
    browseAvailability: 99.5,
    checkoutLatency: 99,
    browseLatency: 99,
    checkoutSeconds: 0.5,
    browseSeconds: 0.25,
  },
  3: {
    checkoutAvailability: 99.5,
    browseAvailability: 99.8,
    checkoutLatency: 99,
    browseLatency: 99,
    checkoutSeconds: 0.5,
    browseSeconds: 0.25,
  },
  4: {
    checkoutAvailability: 99.8,
    browseAvailability: 99.9,
    checkoutLatency: 99,
    browseLatency: 99,
    checkoutSeconds: 0.5,
    browseSeconds: 0.25,
  },
};

/** Undefined for a level whose spec is written by hand. */
export const objectivesOf = (level: Level): Objectives | undefined => byLevel[level.number];

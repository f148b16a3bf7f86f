import type { Clock } from './clock.ts';

/** How often the rules of a clock are evaluated, and what else is added to Sloth's output. */
export interface Cadence {
  /** SLIs and alerts: part of every detection. */
  readonly signalsSeconds: number;
  /** The period's ratio and what is derived from it: costly, and no alert reads it. */
  readonly budgetSeconds: number;
  /** `keep_firing_for` of every alert; 0 leaves it out. */
  readonly keepFiringSeconds: number;
}

/**
 * Drill: the client is scraped twice a second, and so are the rules evaluated. A 5 s window at level 1 holds about 8
 * events, so an error ratio just over θ would let a page flap: it is held for 10 s. Production windows hold enough.
 */
export const cadence: Readonly<Record<Clock, Cadence>> = {
  drill: { signalsSeconds: 0.5, budgetSeconds: 15, keepFiringSeconds: 10 },
  production: { signalsSeconds: 5, budgetSeconds: 300, keepFiringSeconds: 0 },
};

/** How often Prometheus must scrape the load client. A short window needs at least four scrapes. */
export const clientScrapeSeconds: Readonly<Record<Clock, number>> = { drill: 0.5, production: 5 };

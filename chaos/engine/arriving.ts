import type { Plan } from '../journal/event.ts';

/** So many requests a second a lab takes from its first moment on. */
const atOnceRps = 20;

/**
 * Pure: how users come to a lab. A crowd comes by steps: servers that have just started have few connections and know no table yet,
 * and would turn so many away for two seconds, which is a page.
 */
export const arriving = (rps: number): Plan['traffic'] =>
  rps <= atOnceRps
    ? []
    : [
        { fromMs: 0, factor: 0.2 },
        { fromMs: 3000, factor: 0.5 },
        { fromMs: 6000, factor: 1 },
      ];

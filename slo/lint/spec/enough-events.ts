import type { Level } from '@firedrill/topology';
import { threshold } from '../../burn-rate/threshold.ts';
import { type Clock, clocks } from '../../clock.ts';
import { operationRate } from '../../traffic.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';

/** Fewer bad events than this in the long window at θ, and chance alone decides whether it pages. */
export const minimumEvents = 10;

/** The load that a clock's alerts see: a drill that which the lab really sends, production that which the level declares. */
const loadOf = (clock: Clock, level: Level): number => (clock === 'drill' ? level.labRps : level.seedRps);

/** rate × long window × B × (1 − SLO) ≥ 10, for each SLO and clock at its pair that sees the fewest. */
export const enoughEvents: LintRule<SpecToLint> = {
  name: 'enough-events',
  find: ({ slos, level, windows }) => {
    if (level === undefined) return [];
    return slos.flatMap((slo, index) =>
      clocks.flatMap((clock): readonly Flaw[] => {
        const rate = operationRate(slo.operations, loadOf(clock, level));
        const [fewest] = (windows[clock]?.pairs ?? [])
          .map((pair) => ({ pair, events: rate * pair.longSeconds * threshold(pair, slo.errorBudget) }))
          .toSorted((a, b) => a.events - b.events);
        if (fewest === undefined || fewest.events >= minimumEvents) return [];
        const { pair, events } = fewest;
        const problem = `the ${clock} ${pair.severity} ${pair.speed} alert decides on ${events.toFixed(1)} bad events at ${rate.toFixed(2)}/s, fewer than ${minimumEvents}`;
        const highest = 100 * (1 - minimumEvents / (rate * pair.longSeconds * pair.factor));
        const objective =
          highest > 0 ? `take an objective of at most ${Math.floor(highest * 100) / 100}, ` : 'take ';
        return [
          { path: ['slos', index, 'objective'], problem, fix: `${objective}more operations or more load` },
        ];
      }),
    );
  },
};

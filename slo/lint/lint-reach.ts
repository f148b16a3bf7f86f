import type { Level } from '@firedrill/topology';
import { threshold } from '../burn-rate/threshold.ts';
import type { Slo } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import { operationRate } from '../traffic.ts';
import type { AlertWindows } from '../windows.ts';
import type { Finding, FindingPlace } from './finding.ts';

/** Fewer bad events than this in the window at θ, and chance alone decides whether it pages. */
const minimumEvents = 10;

export interface Reach {
  readonly slo: Slo;
  readonly level: Level;
  readonly windows: Readonly<Record<Clock, AlertWindows>>;
}

/** Can the alert fire at all, and is it more than chance? */
export function lintReach({ slo, level, windows }: Reach, at: FindingPlace): readonly Finding[] {
  const findings: Finding[] = [];
  const rate = operationRate(slo.operations, level.labRps);
  for (const [clock, { pairs }] of Object.entries(windows)) {
    for (const pair of pairs) {
      const limit = threshold(pair, slo.errorBudget);
      const name = `${clock} ${pair.severity} ${pair.speed}`;
      if (limit >= 1) {
        const lowest = 100 * (1 - 1 / pair.factor);
        findings.push({
          ...at('objective'),
          problem: `the ${name} alert needs an error ratio over ${limit.toFixed(3)} and can never fire`,
          fix: `take an objective over ${lowest.toFixed(2)}`,
        });
        continue;
      }
      const events = rate * pair.longSeconds * limit;
      if (events < minimumEvents) {
        findings.push({
          ...at('objective'),
          problem: `the ${name} alert decides on ${events.toFixed(1)} bad events at ${rate.toFixed(2)}/s, fewer than ${minimumEvents}`,
          fix: 'take a lower objective, more operations or more load',
        });
      }
    }
  }
  return findings;
}

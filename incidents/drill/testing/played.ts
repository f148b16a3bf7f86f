import type { DrillScenario } from '../drill-scenario.ts';
import { drillScenarios } from '../drill-scenarios.ts';
import type { DrillEntry, DrillEvent, Seen } from '../event.ts';

const start = Date.UTC(2026, 10, 29, 3, 0, 0);
/** So many seconds after the page. */
export const at = (second: number): string => new Date(start + Math.round(second * 1000)).toISOString();

export const scenarioNamed = (name: string): DrillScenario => {
  const found = drillScenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
};

/** A drill that began a minute before its page. */
export function begun(
  { name, title, level, outcome, answers, levers, harmless = [] }: DrillScenario,
  runner = { pid: 1, startTime: '1' },
  bootId = 'boot',
): DrillEntry {
  return {
    type: 'begun',
    ...{ drill: `20261129-025900-drill-l${level}-s1`, seed: 1, level },
    ...{ operator: 'player', by: 'ana', limitMs: 600_000, runner, bootId },
    key: {
      ...{ scenario: name, title, outcome },
      answers: answers.map((one) => ({ components: [...one.components], causes: [...one.causes] })),
      levers: [...levers],
      harmless: [...harmless],
    },
  };
}

export type Timed = readonly [second: number, entry: DrillEntry];

/** A journal in the order in which it was written. */
export const journal = (...timed: readonly Timed[]): readonly DrillEvent[] =>
  timed
    .toSorted(([a], [b]) => a - b)
    .map(([second, entry], seq) => ({ seq, at: at(second), ...entry }) as DrillEvent);

/** A lever that took two seconds. */
export const lever = (second: number, words: string, state: 'done' | 'refused' | 'failed' = 'done') =>
  [
    [second, { type: 'lever', words, state: 'begun', pulledAt: at(second), text: 'begins' }],
    [second + 2, { type: 'lever', words, state, pulledAt: at(second + 2), text: 'ended' }],
  ] as const satisfies readonly Timed[];

/** All is well again, and nothing was lost. */
export const seen: Seen = {
  injectedAt: at(-10),
  pagedAt: at(0),
  pages: ['CheckoutLatency'],
  acknowledgedAt: at(8),
  acknowledgedBy: 'ana',
  escalatedAt: null,
  healedAt: at(120),
  burnt: { bad: 80, nothing: 620, best: 140 },
  badRatioAfter: 0,
  orders: { acknowledged: 200, lost: 0, duplicated: 0 },
};

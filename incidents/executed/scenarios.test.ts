import { knownAlerts } from '@firedrill/alerts';
import { experimentAt, experiments } from '@firedrill/chaos';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { nameOf } from './scenario.ts';
import { planOf } from './scenario-plan.ts';
import { scenarios } from './scenarios.ts';

const pagesOf = (level: number): readonly string[] =>
  [...knownAlerts(level)].flatMap((name) => (name.startsWith('page ') ? [name.slice('page '.length)] : []));

describe('the scenarios of executed runbooks', () => {
  it('raise every page that there is', () => {
    const pages = levels.flatMap(({ number }) => pagesOf(number));
    expect([...new Set(scenarios.map(({ alert }) => alert))].sort()).toEqual([...new Set(pages)].sort());
  });

  it('have every experiment that pages, but those whose faults come and go by themselves', () => {
    const paging = experiments.filter((experiment) =>
      experiment.levels.some((level) =>
        experimentAt(experiment, level, undefined).alerts.expected.some(
          ({ severity }) => severity === 'page',
        ),
      ),
    );
    const left = paging.filter(({ name }) => !scenarios.some(({ experiment }) => experiment === name));
    expect(left.map(({ name }) => name)).toEqual(['failover-storm', 'flapping-network']);
  });

  it.each(scenarios.map((scenario) => [nameOf(scenario), scenario] as const))(
    '%s: the fault is held, the page is expected, and no lever is planned',
    (_name, scenario) => {
      const { plan } = planOf(scenario, 1);
      expect(plan.level).toBe(scenario.level);
      expect(plan.operator).toEqual([]);
      expect(plan.alerts.expected.map(({ alert, severity }) => `${severity} ${alert}`)).toEqual([
        `page ${scenario.alert}`,
      ]);
      expect(plan.faults.length).toBeGreaterThan(0);
      // A runbook that ends degraded promises its users nothing; one that ends recovered does.
      expect(scenario.served === undefined).toBe(scenario.outcome !== 'recovered');
    },
  );

  it('each stand for themselves', () => {
    expect(new Set(scenarios.map(nameOf)).size).toBe(scenarios.length);
  });
});

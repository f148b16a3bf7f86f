import { levels } from '@firedrill/topology';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './acts.ts';
import { drawControlMs, drawScenario } from './draw.ts';
import { drillPlan } from './drill-plan.ts';
import { drillScenarios } from './drill-scenarios.ts';
import { scenarioNamed } from './testing/played.ts';

describe('the scenarios of drills', () => {
  it('are twelve or more, one at least of each of the levels 1 to 4, and each by its own name', () => {
    expect(drillScenarios.length).toBeGreaterThanOrEqual(12);
    expect(new Set(drillScenarios.map(({ level }) => level))).toEqual(
      new Set(levels.map(({ number }) => number)),
    );
    expect(new Set(drillScenarios.map(({ name }) => name)).size).toBe(drillScenarios.length);
  });

  it('hide what a night on call may bring: single faults, two at once, what misleads, what leaks, and nothing at all', () => {
    const names = drillScenarios.map(({ name }) => name);
    const kinds = ['misleading-alert', 'slow-leak', 'bad-release', 'noisy-neighbour', 'expired-credential'];
    expect(names).toEqual(expect.arrayContaining([...kinds, 'two-at-once', 'blind-monitoring', 'quiet']));
    const faultsOf = (name: string) => drillPlan(scenarioNamed(name), 7, 300_000).plan.faults.length;
    expect(['two-at-once', 'quiet'].map(faultsOf)).toEqual([2, 0]);
    expect(drillPlan(scenarioNamed('blind-monitoring'), 7, 300_000).plan.blind).not.toEqual([]);
  });

  it.each(drillScenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s: stays in for as long as the drill may take, pages, and its answers can be said',
    (_name, scenario) => {
      const { plan } = drillPlan(scenario, 7, 300_000);
      expect(plan.level).toBe(scenario.level);
      expect(plan.operator).toEqual([]);
      expect(plan.controlMs).toBe(drawControlMs(7));
      expect(plan.alerts.expected.map(({ alert }) => alert)).toEqual(
        scenario.alert === undefined ? [] : [scenario.alert],
      );
      expect(plan.faults.length === 0).toBe(scenario.outcome === 'left-alone');
      for (const fault of plan.faults) expect(fault.endMs - fault.startMs).toBe(300_000);
      // However bad it gets, no budget ends it.
      expect(plan.abort.badEventsAtMost).toBeGreaterThanOrEqual((plan.rps * plan.loadMs) / 1000);
      expect(plan.loadMs).toBeGreaterThanOrEqual(plan.controlMs + 300_000);
      for (const { components } of scenario.answers) {
        for (const component of components) expect(componentsOf(scenario.level)).toContain(component);
      }
    },
  );
});

describe('a seed', () => {
  const seed = fc.integer({ min: 0, max: 1_000_000 });

  it('hides the same each time, and something of the level that is wanted', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(1, 2, 3, 4), (number, level) => {
        const scenario = drawScenario(number, { level });
        expect(scenario.level).toBe(level);
        expect(drawScenario(number, { level })).toBe(scenario);
      }),
    );
  });

  it('draws every scenario sooner or later, and the quiet time before it differs', () => {
    const seeds = Array.from({ length: 300 }, (_one, index) => index);
    expect(new Set(seeds.map((number) => drawScenario(number, {}).name)).size).toBe(drillScenarios.length);
    expect(new Set(seeds.map(drawControlMs)).size).toBeGreaterThan(200);
  });

  it.each([
    [{ level: 9 }, 'there is no drill at level 9'],
    [{ scenario: 'x' }, 'there is no scenario x'],
    [{ scenario: 'quiet', level: 2 }, 'there is no scenario quiet at level 2'],
  ])('%o is refused', (wanted, message) => {
    expect(() => drawScenario(1, wanted)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });
});

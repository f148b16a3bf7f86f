import type { Plan } from '@firedrill/chaos';
import { targetByName } from '@firedrill/chaos';
import { quietPlan } from '@firedrill/chaos/engine';
import { planOf } from '../executed/scenario-plan.ts';
import { drawControlMs } from './draw.ts';
import type { DrillScenario } from './drill-scenario.ts';

/**
 * Pure: the run of a drill: what is broken stays in until somebody says that it is over, or for `limitMs`.
 * @throws {FiredrillError} `usage` for an experiment that there is not.
 */
export function drillPlan(scenario: DrillScenario, seed: number, limitMs: number): ReturnType<typeof planOf> {
  const { plan, ...rest } = planFor(scenario, seed, limitMs);
  // Where nobody acts, or somebody makes it worse, that is for the debrief: the budget of an experiment would end it.
  const badEventsAtMost = Math.ceil((plan.rps * plan.loadMs) / 1000);
  return { ...rest, plan: { ...plan, abort: { ...plan.abort, badEventsAtMost } } };
}

function planFor(scenario: DrillScenario, seed: number, limitMs: number): ReturnType<typeof planOf> {
  const { experiment, variant, level, alert, outcome } = scenario;
  const controlMs = drawControlMs(seed);
  if (experiment === undefined || alert === undefined) return quiet(level, seed, controlMs, limitMs);
  return planOf(
    {
      alert,
      experiment,
      level,
      controlMs,
      ...(variant === undefined ? {} : { variant }),
      outcome: outcome === 'recovered' ? 'recovered' : 'degraded',
      levers: [],
    },
    seed,
    limitMs,
  );
}

function quiet(level: number, seed: number, controlMs: number, limitMs: number): ReturnType<typeof planOf> {
  const target = targetByName('shop');
  const topology = target.topology(level);
  const whole = quietPlan({ topology, forMs: controlMs + limitMs, traffic: 'steady', seed, clock: 'drill' });
  const plan: Plan = { ...whole, controlMs };
  return { plan, topology, target };
}

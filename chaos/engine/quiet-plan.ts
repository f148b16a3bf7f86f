import { watchdogMissing } from '@firedrill/alerts';
import { FiredrillError } from '@firedrill/errors';
import { type Clock, formatDuration } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { alwaysForbidden, neverPages } from '../experiments/forbidden.ts';
import { wellBefore } from '../experiments/hypotheses.ts';
import type { Plan } from '../journal/event.ts';
import { arriving } from './arriving.ts';
import { abortSlackSeconds } from './plan-abort.ts';

/** How many times the usual rate comes in the middle half of a quiet run. */
const factors = { steady: 1, idle: 0, collapsed: 0.1, doubled: 2 } as const;

export type Traffic = keyof typeof factors;
export const traffics = Object.keys(factors) as readonly Traffic[];

export interface QuietRequest {
  readonly topology: Level;
  readonly forMs: number;
  readonly traffic: Traffic;
  readonly seed: number;
  readonly clock: Clock;
}

/** Half a minute leaves something to judge after the warm-up; Prometheus gives at most 11,000 seconds of evidence at once. */
const shortestMs = 30_000;
const longestMs = 2 * 3_600_000;

/** The name that its runs go by. */
export const quietName = 'quiet';

/**
 * Pure: the plan of a run without a fault, in which nothing may fire. The usual traffic at first and at last, so that windows see
 * it change both ways.
 * @throws {FiredrillError} `usage` for a time that is too short or too long.
 */
export function quietPlan({ topology, forMs, traffic, seed, clock }: QuietRequest): Plan {
  if (forMs < shortestMs || forMs > longestMs) {
    throw new FiredrillError(
      'usage',
      `${formatDuration(forMs / 1000)} is too ${forMs < shortestMs ? 'short' : 'long'}`,
      {
        where: '--for',
        fix: `give ${formatDuration(shortestMs / 1000)} to ${formatDuration(longestMs / 1000)}`,
      },
    );
  }
  const factor = factors[traffic];
  const changes =
    factor === 1
      ? []
      : [
          { fromMs: Math.round(forMs / 4), factor },
          { fromMs: Math.round((3 * forMs) / 4), factor: 1 },
        ];
  return {
    experiment: quietName,
    title: `Nothing is broken, and ${comings[traffic]}`,
    hypothesis: 'Where nothing is broken nobody is told of anything: no page, no ticket.',
    ...(traffic === 'steady' ? {} : { variant: traffic }),
    level: topology.number,
    service: topology.service,
    seed,
    clock,
    rps: topology.labRps,
    seedRps: topology.seedRps,
    controlMs: forMs,
    loadMs: forMs,
    traffic: [...arriving(topology.labRps), ...changes],
    faults: [],
    operator: [],
    alerts: {
      expected: [],
      forbidden: [
        ...alwaysForbidden,
        neverPages(watchdogMissing.alert, 'the alerting is whole, so its heartbeat must be heard'),
      ],
      allowed: [],
    },
    blind: [],
    hypotheses: [...wellBefore],
    predictedBudget: [],
    abort: { badEventsAtMost: abortSlackSeconds * topology.labRps, alerts: [], queries: [] },
  };
}

const comings: Readonly<Record<Traffic, string>> = {
  steady: 'as many users as ever come',
  idle: 'for a while no users come',
  collapsed: 'for a while a tenth of the users come',
  doubled: 'for a while twice as many users come',
};

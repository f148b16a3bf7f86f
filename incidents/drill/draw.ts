import { randomStream, wordOf } from '@firedrill/chaos';
import { FiredrillError } from '@firedrill/errors';
import type { DrillScenario } from './drill-scenario.ts';
import { drillScenarios } from './drill-scenarios.ts';

export interface Wanted {
  /** Any without it. */
  readonly level?: number;
  /** For whoever gives a drill to somebody else. */
  readonly scenario?: string;
}

/**
 * Pure: what a seed hides.
 * @throws {FiredrillError} `usage`, listing what there is.
 */
export function drawScenario(seed: number, { level, scenario }: Wanted): DrillScenario {
  const ofLevel = drillScenarios.filter((one) => level === undefined || one.level === level);
  const among = ofLevel.filter((one) => scenario === undefined || one.name === scenario);
  if (among.length === 0) throw nothingSuch({ level, scenario }, ofLevel);
  const random = randomStream(seed, wordOf('drill'));
  return among[Math.floor(random() * among.length)]!;
}

function nothingSuch(
  { level, scenario }: { readonly level: number | undefined; readonly scenario: string | undefined },
  ofLevel: readonly DrillScenario[],
): FiredrillError {
  if (scenario === undefined || ofLevel.length === 0) {
    const levels = [...new Set(drillScenarios.map((one) => one.level))].toSorted();
    return new FiredrillError('usage', `there is no drill at level ${level}`, {
      where: '--level',
      fix: `use one of ${levels.join(', ')}`,
    });
  }
  return new FiredrillError(
    'usage',
    `there is no scenario ${scenario}${level === undefined ? '' : ` at level ${level}`}`,
    { where: '--scenario', fix: `use one of ${ofLevel.map(({ name }) => name).join(', ')}` },
  );
}

/** Before anything happens users come for a while: nobody shall know for how long, ms. */
const controlMs = { least: 25_000, most: 55_000 } as const;

/** Pure. */
export function drawControlMs(seed: number): number {
  const random = randomStream(seed, wordOf('drill-control'));
  return Math.round(controlMs.least + random() * (controlMs.most - controlMs.least));
}

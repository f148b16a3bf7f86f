import { findLab, type LabState, runtimeHere } from '@firedrill/lab';
import { nativeActions, notInContainers } from '@firedrill/lab/control';
import type { Plan } from '../journal/event.ts';
import type { Runtime } from './command-line.ts';

/**
 * What a run's lab runs in; `auto` takes containers for what can be done there. Nobody's lab is taken down because a run did not say.
 * @throws {FiredrillError} `fault-refused` for a plan that no lab in containers can carry out, before anything is started.
 */
export async function runtimeFor(plan: Plan, wanted: Runtime | undefined): Promise<LabState['runtime']> {
  const what = nativeOnly(plan);
  if (wanted === 'auto') return what === undefined ? runtimeHere() : 'native';
  const runtime = wanted ?? (await findLab(plan.level))?.runtime ?? 'native';
  if (runtime === 'native' || what === undefined) return runtime;
  throw notInContainers(what, plan.experiment);
}

/** Pure: what of a plan is done to native labs only. */
export function nativeOnly({ faults, operator }: Pick<Plan, 'faults' | 'operator'>): string | undefined {
  const kinds = faults.flatMap(({ effects }) => effects.map(({ action }) => action.kind));
  const kind = kinds.find((one) => nativeActions.has(one));
  if (kind !== undefined) return kind;
  return operator.length > 0 ? 'what an operator does' : undefined;
}

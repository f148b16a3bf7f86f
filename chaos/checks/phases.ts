import type { Plan } from '../journal/event.ts';
import type { Operation } from '../ledger/operations.ts';
import type { Run } from './run.ts';

export type PhaseName = Plan['hypotheses'][number]['phase'];

/**
 * From nothing to full load at once: client, apis and pools compile and connect for some seconds (measured at level 3: checkout's
 * slowest 1.1 s in the first 3 s, 330 ms after 6 s, 150 ms from then on). The control judges the shop as it is before a fault, not its start.
 */
const longestWarmUpMs = 10_000;
const warmUpOf = (controlMs: number): number => Math.min(longestWarmUpMs, Math.max(1_000, controlMs / 6));
/** After the heal: a request deadline (3 s) for those still caught, and time to reconnect. */
export const recoveryGraceMs = 5_000;

/**
 * The users' requests of one phase, by when they came: `control` from the warm-up to the injection (only those answered before
 * it), `fault` from injection to heal, `mitigated` to the heal from `recoveryGraceMs` after the operator's last lever, else from the end
 * of the runbook that had no lever pulled, else from when the system should have recovered by itself, `recovered` from
 * `recoveryGraceMs` after the heal. `undefined` when there was no such phase.
 */
export function operationsOf(run: Run, phase: PhaseName): readonly Operation[] | undefined {
  const { loadFromMs, injectedMs, healedMs, mitigatedMs, answeredMs } = run.times;
  if (loadFromMs === undefined) return undefined;
  const users = run.operations.filter((operation) => operation.invoke.retryOf === undefined);
  const due = (fromMs: number, toMs: number) =>
    users.filter(({ invoke }) => invoke.due >= fromMs && invoke.due < toMs);
  switch (phase) {
    case 'control': {
      const end = injectedMs ?? loadFromMs + run.plan.controlMs;
      return due(loadFromMs + warmUpOf(run.plan.controlMs), end).filter(
        ({ result }) => result !== undefined && result.at < end,
      );
    }
    case 'fault':
      return injectedMs === undefined ? undefined : due(injectedMs, healedMs ?? Infinity);
    case 'mitigated': {
      const { recoversMs } = run.plan;
      const byItself =
        injectedMs === undefined || recoversMs === undefined ? undefined : injectedMs + recoversMs;
      const fromMs = mitigatedMs === undefined ? (answeredMs ?? byItself) : mitigatedMs + recoveryGraceMs;
      return fromMs === undefined ? undefined : due(fromMs, healedMs ?? Infinity);
    }
    case 'recovered':
      return healedMs === undefined ? undefined : due(healedMs + recoveryGraceMs, Infinity);
  }
}

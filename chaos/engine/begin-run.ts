import { readOperations } from '@firedrill/lab';
import { labHome, readLabState, thisCheckout } from '@firedrill/lab/control';
import type { Level } from '@firedrill/topology';
import { refuseWhileHalted } from '../halt/halt-order.ts';
import type { Plan } from '../journal/event.ts';
import type { Target } from '../target.ts';
import { commitOf } from './commit.ts';
import { refuseOperatedLab, refusePromotedLab } from './promoted-lab.ts';
import { openRunFolder, type RunFolder } from './run-folder.ts';
import { runId } from './run-id.ts';

/** @throws {FiredrillError} while everything is halted, or where a lab that is up is not as experiments mean it. */
export function refuseUnfitLab(topology: Level): void {
  refuseWhileHalted();
  const home = labHome(topology.number);
  refusePromotedLab(topology, readLabState(home));
  refuseOperatedLab(topology.number, readOperations({ home }));
}

interface NewRun {
  readonly plan: Plan;
  readonly target: Target;
  /** What its id calls it; its experiment by default. */
  readonly name?: string;
}

/** Opens the folder of a run. @throws {FiredrillError} what {@link openRunFolder} throws. */
export async function openRun(
  runs: string,
  { plan, target, name = plan.experiment }: NewRun,
): Promise<RunFolder> {
  const id = runId(new Date(), name, plan.level, plan.seed);
  return openRunFolder(runs, id, target.name, plan, await commitOf(thisCheckout));
}

/** {@link openRun}, where its lab may be used for it. @throws {FiredrillError} what {@link refuseUnfitLab} throws, too. */
export async function beginRun(runs: string, run: NewRun): Promise<RunFolder> {
  refuseUnfitLab(run.target.topology(run.plan.level));
  return openRun(runs, run);
}

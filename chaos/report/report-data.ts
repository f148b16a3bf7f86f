import { budgetCosts, type SloCost } from '../checks/budget.ts';
import { verdictOfRun } from '../checks/check-run.ts';
import { type Detection, detections } from '../checks/detection.ts';
import { runIncidents } from '../checks/incidents.ts';
import { type Integrity, integrityOf } from '../checks/integrity.ts';
import { loadRun } from '../checks/load-run.ts';
import { productionReplays, type SloReplay } from '../checks/production-replay.ts';
import type { Run } from '../checks/run.ts';
import { type FaultProof, faultProofs } from '../checks/witness.ts';
import type { Verdict } from './verdict.ts';

/** All that a report says, worked out once from a run's folder. */
export interface ReportData {
  readonly run: Run;
  readonly verdict: Verdict;
  readonly integrity: Integrity;
  /** The expected alerts first. */
  readonly detections: readonly Detection[];
  readonly incidents: ReturnType<typeof runIncidents>;
  readonly costs: readonly SloCost[];
  readonly replays: readonly SloReplay[];
  readonly proofs: readonly FaultProof[];
}

/** @throws {FiredrillError} `invalid-data` when there is no journal that can be read. */
export async function reportData(runDir: string): Promise<ReportData> {
  const run = await loadRun(runDir);
  const integrity = integrityOf(run);
  return {
    run,
    integrity,
    verdict: verdictOfRun(run, integrity),
    detections: detections(run),
    incidents: runIncidents(run),
    costs: budgetCosts(run),
    replays: productionReplays(run),
    proofs: faultProofs(run),
  };
}

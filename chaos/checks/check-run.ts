import type { Check, Verdict } from '../report/verdict.ts';
import { abortFigure } from './abort.ts';
import { checkAlertContract } from './alert-contract.ts';
import { wasBlindToUsers } from './blindness.ts';
import { budgetCosts } from './budget.ts';
import { checkCounters } from './counters.ts';
import { expectedDetections } from './detection.ts';
import { checkEvidence } from './evidence.ts';
import { checkFlapping } from './flapping.ts';
import { checkHealed } from './healed.ts';
import { checkControl, checkHypothesis } from './hypothesis.ts';
import { checkIntegrity, type Integrity, integrityFigures, integrityOf } from './integrity.ts';
import { checkLoadQuality } from './load-quality.ts';
import { loadRun } from './load-run.ts';
import { checkProductionReplay } from './production-replay.ts';
import { checkResolution } from './resolution.ts';
import type { Run } from './run.ts';
import { checkSilences } from './silences.ts';
import { alertFigures, blindFigures, incidentFigures, silenceFigures } from './verdict-figures.ts';
import { checkWatchers } from './watchers.ts';
import { checkWitness } from './witness.ts';

/** Judges a run from its folder alone. Missing data is inconclusive, never a pass. */
export async function checkRun(runDir: string): Promise<Verdict> {
  const run = await loadRun(runDir);
  return verdictOfRun(run, integrityOf(run));
}

/** Pure: the same for a run that is loaded already. */
export function verdictOfRun(run: Run, integrity: Integrity): Verdict {
  const control = checkControl(run);
  const load = checkLoadQuality(run);
  // A quiet run plans no fault: what is asked of one is not asked of it, and an alert has no other excuse than the load.
  const quiet = run.plan.faults.length === 0;
  const sound = (quiet || control.verdict === 'pass') && load.verdict === 'pass';
  const ofFault = (...made: readonly Check[]): readonly Check[] => (quiet ? [] : made);
  const checks = [
    control,
    ...ofFault(believeOnlyIf(sound, checkHypothesis(run)), checkWitness(run), checkHealed(run)),
    believeOnlyIf(sound, checkAlertContract(run)),
    believeOnlyIf(sound, unlessBlind(run, checkResolution(run))),
    ...ofFault(believeOnlyIf(sound, unlessBlind(run, checkFlapping(run)))),
    checkSilences(run),
    checkWatchers(run),
    load,
    checkCounters(run),
    checkEvidence(run),
    checkProductionReplay(run),
    ...checkIntegrity(integrity),
  ];
  const [first] = expectedDetections(run);
  const { experiment, variant, level, seed, clock } = run.plan;
  const abort = abortFigure(run);
  return {
    verdict: abort === undefined ? overall(checks) : 'aborted',
    run: run.id,
    experiment,
    ...(variant === undefined ? {} : { variant }),
    level,
    seed,
    clock,
    ...(abort === undefined ? {} : { abort }),
    checks,
    detection: { predictedMs: first?.predictedMs ?? null, measuredMs: first?.measuredMs ?? null },
    alerts: alertFigures(run),
    incidents: incidentFigures(run),
    silences: silenceFigures(run),
    blind: blindFigures(run),
    orders: integrity.orders,
    integrity: integrityFigures(integrity),
    budget: budgetCosts(run).map(({ cost, split }) => ({
      slo: cost.slo,
      badEvents: cost.badEvents,
      fullOutageSeconds: Math.round(cost.fullOutageSeconds),
      percentOf30d: Number(cost.percentOf30d.toFixed(4)),
      buckets: split.buckets,
    })),
  };
}

/** What users or alerts did proves nothing when they were not well before the fault, or the load was not the planned one. */
function believeOnlyIf(sound: boolean, check: Check): Check {
  if (sound || check.verdict !== 'fail') return check;
  return {
    ...check,
    verdict: 'inconclusive',
    summary: `${check.summary} It may not be the fault's doing: see control and load-quality.`,
  };
}

/** An open alert "resolves" by itself when Prometheus dies, and fires again when it is back. */
function unlessBlind(run: Run, check: Check): Check {
  if (check.verdict !== 'fail' || !wasBlindToUsers(run)) return check;
  const summary = `${check.summary} The alerting was blind meanwhile: see watchers.`;
  return { ...check, verdict: 'inconclusive', summary };
}

function overall(checks: readonly Check[]): 'pass' | 'fail' | 'inconclusive' {
  if (checks.some((check) => check.verdict === 'fail')) return 'fail';
  return checks.some((check) => check.verdict === 'inconclusive') ? 'inconclusive' : 'pass';
}

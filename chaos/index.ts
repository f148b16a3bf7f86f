export { makePlan, type PlanRequest } from './engine/plan.ts';
export { experimentAt, parseExperiment } from './experiments/experiment.ts';
export { type Experiment, experiments, findExperiment, type ParsedExperiment } from './experiments/index.ts';
export { faultNamed, faults } from './faults/index.ts';
export { recoverRuns } from './guardian/recover.ts';
export type { JournalEvent, Plan } from './journal/event.ts';
export type { Verdict } from './report/verdict.ts';
export { targetByName } from './targets/target-by-name.ts';

export { makePlan, type PlanRequest } from './engine/plan.ts';
export { experimentAt } from './experiments/experiment.ts';
export { type Experiment, experiments, findExperiment } from './experiments/index.ts';
export { type Fault, faultNamed, faults } from './faults/index.ts';
export { sampleOf } from './faults/sample.ts';
export { recoverRuns } from './guardian/recover.ts';
export type { JournalEvent, Plan } from './journal/event.ts';
export type { Verdict } from './report/verdict.ts';

export type { Acknowledgement, LabPager } from './engine/lab-pager.ts';
export { makePlan, type PlanRequest } from './engine/plan.ts';
export { experimentAt } from './experiments/experiment.ts';
export { type Experiment, experiments, findExperiment } from './experiments/index.ts';
export { faultNamed, faults } from './faults/index.ts';
export { recoverRuns } from './guardian/recover.ts';
export type { JournalEvent, Plan } from './journal/event.ts';
export { readJournal } from './journal/journal-reader.ts';
export type { Verdict } from './report/verdict.ts';

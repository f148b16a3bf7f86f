export { refuseWhileHalted } from '../halt/halt-order.ts';
export { commitOf } from './commit.ts';
export { interpret, type RunRequest } from './interpreter.ts';
export { createProgress, type Progress } from './progress.ts';
export { refuseOperatedLab, refusePromotedLab } from './promoted-lab.ts';
export { quietPlan } from './quiet-plan.ts';
export type { Page, Responder } from './responder.ts';
export { openRunFolder } from './run-folder.ts';
export { runId } from './run-id.ts';

export {
  databaseUrl,
  databaseUrlThrough,
  documentsUrlThrough,
  edgeUrl,
  logPath,
  nodeUrl,
  paymentJournalPath,
  pgbouncerAdminUrl,
} from './addresses.ts';
export { allLabs } from './all-labs.ts';
export { type Divergence, readDivergences } from './divergence/divergence.ts';
export { listDivergence } from './divergence/list-divergence.ts';
export { findLab, requireLab } from './find-lab.ts';
export { labDown } from './lab-down.ts';
export { type LabLogsOptions, labLogs } from './lab-logs.ts';
export { releaseOn } from './levers/apis.ts';
export { type LeverPull, leverPullSchema, readLeverPulls } from './levers/lever-log.ts';
export { type Operations, readOperations, untouched } from './levers/operations.ts';
export { pullLever } from './levers/pull-lever.ts';
export { labName, oncallFolder } from './oncall-folder.ts';
export { readAwayLeaders } from './patroni/away-leaders.ts';
export { stateNow } from './patroni/state-now.ts';
export { BetterStandby } from './promote/better-standby.ts';
export { promote } from './promote/promote.ts';
export type { PromoteOptions, PromotionProgress } from './promote/promote-options.ts';
export { describeStep } from './promote/step.ts';
export { recoverLab } from './recover-lab.ts';
export { type LabState, labStateSchema, type Promotion } from './state.ts';
export { type LabStatus, labStatus } from './status/lab-status.ts';
export {
  describeOperations,
  type OperationsStatus,
  operationsStatus,
} from './status/operations-status.ts';
export { statusTable } from './status/status-table.ts';
export { topologyOf } from './topology-of.ts';
export { runtimeHere } from './up/docker/require-docker.ts';
export type { LabEvent } from './up/events.ts';
export { labEnvironment } from './up/lab-environment.ts';
export { type LabUp, type LabUpOptions, labUp } from './up/lab-up.ts';
export { labUpWithProgress } from './up/progress.ts';
export { provideWithProgress } from './up/provide.ts';

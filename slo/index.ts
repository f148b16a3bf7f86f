export { CounterGrowth } from './budget/counter-growth.ts';
export { type BudgetCost, budgetCost, budgetEvents30d, eventRate } from './budget/event-budget.ts';
export {
  type BudgetBuckets,
  type BudgetIncident,
  type BudgetSplit,
  type Cause,
  splitBudget,
} from './budget/split-budget.ts';
export {
  legDetection,
  type PredictedDetection,
  predictedDetection,
  type SteadyFault,
} from './burn-rate/detection.ts';
export {
  meanPipelineSeconds,
  meanResolutionSeconds,
  type Pipeline,
  worstPipelineSeconds,
} from './burn-rate/pipeline.ts';
export { type EndedFault, predictedReset } from './burn-rate/reset.ts';
export { budgetSpentAtDetection, burnRate, threshold } from './burn-rate/threshold.ts';
export { type Cadence, cadence, clientScrapeSeconds } from './cadence.ts';
export { levelsWithSlos, parseSpec, type Slo, sloCatalogue } from './catalogue.ts';
export { clientBucketSeconds, clientOutcomes } from './client-series.ts';
export { type Clock, clockFactor, clocks, prometheusRetention } from './clock.ts';
export { columns } from './columns.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { slothWords } from './generate/sloth-command.ts';
export { generatedFolder, generatedRulesFile, generatedSlaFile } from './generated.ts';
export { formatLe, type QuietHistoryOptions, quietHistory } from './history/quiet-history.ts';
export { median } from './median.ts';
export { type BurningOptions, type BurningSpan, burningSpans, heldSpans } from './replay/burning-spans.ts';
export {
  type LegVerdict,
  type ProductionReplay,
  type ReplayOptions,
  replayOnProduction,
  type SecondCount,
  type SeverityVerdict,
} from './replay/production.ts';
export type { SloEvent } from './replay/slo-event.ts';
export { readStatus } from './status/read-status.ts';
export type { LevelStatus, SloStatus } from './status/slo-status.ts';
export { operationRate, trafficShare } from './traffic.ts';
export { type AlertWindows, alertWindows, type Severity, type WindowPair } from './windows.ts';

export { parseSpec, type Slo, sloCatalogue, levelsWithSlos } from './catalogue.ts';
export { type Clock, clockFactor, clocks, prometheusRetention } from './clock.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { generatedFolder, generatedRulesFile } from './generated.ts';
export { formatLe, quietHistory, type QuietHistoryOptions } from './history/quiet-history.ts';
export { operationRate, trafficShare } from './traffic.ts';
export { type AlertWindows, alertWindows, type Severity, type WindowPair } from './windows.ts';
export { type BudgetCost, budgetCost, budgetEvents30d, eventRate } from './budget/event-budget.ts';
export { legDetection, predictedDetection, type PredictedDetection, type SteadyFault } from './burn-rate/detection.ts';
export { meanPipelineSeconds, type Pipeline, worstPipelineSeconds } from './burn-rate/pipeline.ts';
export { type EndedFault, predictedReset } from './burn-rate/reset.ts';
export { budgetSpentAtDetection, burnRate, threshold } from './burn-rate/threshold.ts';
export { type Crossing, crossing, type CrossingOptions, type SloEvent } from './replay/crossing.ts';
export {
  type LegVerdict,
  type ProductionReplay,
  replayOnProduction,
  type ReplayOptions,
  type SecondCount,
  type SeverityVerdict,
} from './replay/production.ts';

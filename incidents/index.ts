export { runScenario, type ScenarioResult } from './executed/run-scenario.ts';
export { nameOf, type Scenario } from './executed/scenario.ts';
export { scenarios } from './executed/scenarios.ts';

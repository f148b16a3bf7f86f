export { type AfterPage, afterPageOf } from './drill/after-page.ts';
export type { DrillScenario } from './drill/drill-scenario.ts';
export { drillScenarios } from './drill/drill-scenarios.ts';
export { type DrillResult, runDrill } from './drill/run-drill.ts';
export { runScenario, type ScenarioResult } from './executed/run-scenario.ts';
export { RunbookResponder } from './executed/runbook-responder.ts';
export { nameOf, type Scenario } from './executed/scenario.ts';
export { scenarios } from './executed/scenarios.ts';
export { openLabPager } from './lab-pager.ts';
export { type Act, type ActDraft, type ActKind, actSchema } from './pager/act.ts';
export {
  alertName,
  firingPages,
  type Incident,
  type IncidentAlert,
  type IncidentStatus,
  incidentAlertSchema,
  incidentSchema,
} from './pager/incident.ts';
export { incidentsOf, type LabIncidents, type LabRecord } from './pager/incidents-of.ts';
export { type ActOptions, Pager, type PagerProblem } from './pager/pager.ts';
export { type Refusal, refusalOf } from './pager/refusal.ts';
export { type Timeline, type TimelineEntry, timelineOf, timelineSchema } from './pager/timeline.ts';

export { dashboards } from './all-dashboards.ts';
export { type DashboardFile, dashboardFiles } from './generate.ts';
export {
  type Annotation,
  type Dashboard,
  type DashboardQuery,
  filled,
  type Panel,
  type PanelQuery,
  type PanelThreshold,
  queriesOf,
  type Row,
  type VariableValues,
} from './panel.ts';

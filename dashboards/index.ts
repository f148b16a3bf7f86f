export { type DashboardFile, dashboardFiles, dashboards } from './generate.ts';
export {
  type Dashboard,
  type DashboardQuery,
  type Panel,
  type PanelQuery,
  queriesOf,
  type Row,
} from './panel.ts';

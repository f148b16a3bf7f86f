import { join } from 'node:path';
import { dashboards } from './all-dashboards.ts';
import { toGrafana } from './grafana.ts';
import { runbooksBoard, runbooksUid } from './runbooks-board.ts';

export interface DashboardFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Pure: every dashboard as the file that Grafana is provisioned with. */
export function dashboardFiles(): readonly DashboardFile[] {
  const file = (uid: string, json: object): DashboardFile => ({
    path: join(import.meta.dirname, 'grafana', `${uid}.json`),
    text: `${JSON.stringify(json, null, 2)}\n`,
  });
  return [
    ...dashboards.map((dashboard) => file(dashboard.uid, toGrafana(dashboard))),
    file(runbooksUid, runbooksBoard()),
  ];
}

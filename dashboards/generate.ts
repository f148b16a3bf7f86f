import { join } from 'node:path';
import { levels } from '@firedrill/topology';
import { chaosRun } from './chaos-run.ts';
import { toGrafana } from './grafana.ts';
import { insideTheShop } from './inside-the-shop.ts';
import { levelBoard } from './level-board.ts';
import { logs } from './logs.ts';
import { onCall } from './on-call.ts';
import type { Dashboard } from './panel.ts';
import { runbooksBoard, runbooksUid } from './runbooks-board.ts';
import { sloDetails } from './slo-details.ts';
import { sloOverview } from './slo-overview.ts';

export const dashboards: readonly Dashboard[] = [
  sloOverview,
  ...sloDetails,
  insideTheShop,
  ...levels.map(levelBoard),
  chaosRun,
  onCall,
  logs,
];

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

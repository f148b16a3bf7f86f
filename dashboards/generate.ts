import { join } from 'node:path';
import { toGrafana } from './grafana.ts';
import { insideTheShop } from './inside-the-shop.ts';
import type { Dashboard } from './panel.ts';
import { sloOverview } from './slo-overview.ts';

export const dashboards: readonly Dashboard[] = [sloOverview, insideTheShop];

export interface DashboardFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Pure: every dashboard as the file that Grafana is provisioned with. */
export function dashboardFiles(): readonly DashboardFile[] {
  return dashboards.map((dashboard) => ({
    path: join(import.meta.dirname, 'grafana', `${dashboard.uid}.json`),
    text: `${JSON.stringify(toGrafana(dashboard), null, 2)}\n`,
  }));
}

import type { ReportData } from './report-data.ts';
import { alerts } from './sections/alerts.ts';
import { budget } from './sections/budget.ts';
import { checks } from './sections/checks.ts';
import { detection } from './sections/detection.ts';
import { edgeView } from './sections/edge-view.ts';
import { evidence } from './sections/evidence.ts';
import { incidents } from './sections/incidents.ts';
import { integrity } from './sections/integrity.ts';
import { productionReplay } from './sections/production-replay.ts';
import { reproduce } from './sections/reproduce.ts';
import type { Section } from './sections/section.ts';
import { summary } from './sections/summary.ts';
import { whatUsersFelt } from './sections/what-users-felt.ts';
import { whatWasDone } from './sections/what-was-done.ts';
import { whoWatched } from './sections/who-watched.ts';

/** In the order in which somebody woken by a page would ask. */
const sections: readonly Section[] = [
  summary,
  checks,
  whatWasDone,
  whatUsersFelt,
  edgeView,
  detection,
  whoWatched,
  incidents,
  budget,
  productionReplay,
  integrity,
  alerts,
  evidence,
  reproduce,
];

/** Pure: report.md. */
export function renderMarkdown(data: ReportData): string {
  const parts = sections.map((section) => section(data)).filter((part) => part !== '');
  return `${parts.join('\n\n')}\n`;
}

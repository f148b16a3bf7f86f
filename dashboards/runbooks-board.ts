import { runbooks } from '@firedrill/runbooks';
import {
  DashboardBuilder,
  type Dashboard as GrafanaDashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TextBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';

export const runbooksUid = 'runbooks';

const books = runbooks();

/** Where a panel's link finds a runbook. @throws where there is none: an alert without one is refused elsewhere. */
export function runbookPanelId(alert: string): number {
  const index = books.findIndex((runbook) => runbook.alert === alert);
  if (index === -1) throw new Error(`no runbook of ${alert}`);
  return index + 1;
}

/** The runbooks as a dashboard: Grafana alone can then show them, and no link leads out of it. */
export function runbooksBoard(): GrafanaDashboard {
  const builder = new DashboardBuilder('Runbooks')
    .uid(runbooksUid)
    .description('One page per alert, as in the folder runbooks. Open one by its menu: View.')
    .tags(['firedrill', 'generated'])
    .readonly();
  for (const { alert, body } of books) {
    builder.withPanel(
      new TextBuilder()
        .id(runbookPanelId(alert))
        .title(alert)
        .description(`What to do when ${alert} fires.`)
        .mode(TextMode.Markdown)
        .content(body.trim())
        .span(12)
        .height(12),
    );
  }
  return builder.build();
}

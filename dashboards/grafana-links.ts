import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel } from './panel.ts';
import { runbookPanelId, runbooksUid } from './runbooks-board.ts';

const link = (title: string, url: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(true);

/** Explore's address holds its question as JSON; Grafana fills its own variables in before it follows. */
function traces(): string {
  const panes = JSON.stringify({
    traces: {
      datasource: 'TRACES',
      queries: [{ refId: 'A', queryType: 'search', service: 'shop' }],
      range: { from: 'FROM', to: 'TO' },
    },
  });
  const address = encodeURIComponent(panes)
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Grafana's own variables
    .replace('TRACES', '${traces}')
    .replace('FROM', '${__from}')
    .replace('TO', '${__to}');
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: Grafana's own variables
  return `/explore?schemaVersion=1&panes=${address}`;
}

/** Pure: where somebody who sees something in a panel goes next, at the same time and for the same service. */
export function linksOf(panel: Panel): DashboardLinkBuilder[] {
  const runbook =
    panel.runbook === undefined
      ? []
      : [
          link(
            `Runbook ${panel.runbook}`,
            `/d/${runbooksUid}?viewPanel=panel-${runbookPanelId(panel.runbook)}`,
          ),
        ];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own variables
  const logs = link('Logs', '/d/logs?${__url_time_range}&${service:queryparam}');
  return [...runbook, ...(panel.kind === 'logs' ? [] : [logs]), link('Traces', traces())];
}

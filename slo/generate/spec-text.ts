import type { Level } from '@firedrill/topology';
import { formatLe } from '../history/quiet-history.ts';
import type { Objectives } from '../objectives.ts';

const catalogue = 'operation=~"browse|search|product"';
const checkout = 'operation="checkout"';

interface SpecSlo {
  readonly name: string;
  readonly alert: string;
  readonly objective: number;
  readonly description: string;
  readonly summary: string;
  readonly operations: string;
  /** Of a latency SLO. */
  readonly seconds?: number;
}

/** Pure: a level's spec in Sloth's own format, as an engineer would write and read it. */
export function specText(level: Level, objectives: Objectives): string {
  const header = `# Level ${level.number}'s service level objectives, in Sloth's own format. Measured at the user: the load client's metrics.
# Written by \`pnpm slo generate\` from slo/objectives.ts, which says why they are what they are.
# Bad = 5xx, time-out, broken connection, 429. A client's own mistake and a declined card are \`excluded\`: in neither query.
# A latency error is a good answer that came too late, over all answers: failed and slow are disjoint, and an outage is never 0/0.
# \`runbook_url\` is a path in the repository, \`dashboard\` the uid of a file in dashboards/grafana.
version: prometheus/v1
service: ${level.service}
labels:
  level: "${level.number}"
slos:
`;
  return `${header}${slosOf(objectives)
    .map((slo) => sloText(slo, level))
    .join('\n')}`;
}

function slosOf(of: Objectives): readonly SpecSlo[] {
  return [
    {
      name: 'checkout-availability',
      alert: 'CheckoutAvailability',
      objective: of.checkoutAvailability,
      description: `${of.checkoutAvailability} % of checkouts are answered (declined cards and the client's own mistakes left out).`,
      summary: 'Checkouts fail faster than the error budget allows',
      operations: checkout,
    },
    {
      name: 'checkout-latency',
      alert: 'CheckoutLatency',
      objective: of.checkoutLatency,
      description: `${of.checkoutLatency} % of checkouts are answered within ${of.checkoutSeconds} s.`,
      summary: `Checkouts are slower than ${of.checkoutSeconds} s more often than the error budget allows`,
      operations: checkout,
      seconds: of.checkoutSeconds,
    },
    {
      name: 'browse-availability',
      alert: 'BrowseAvailability',
      objective: of.browseAvailability,
      description: `${of.browseAvailability} % of catalogue requests (list, search, product page) are answered.`,
      summary: 'Catalogue requests fail faster than the error budget allows',
      operations: catalogue,
    },
    {
      name: 'browse-latency',
      alert: 'BrowseLatency',
      objective: of.browseLatency,
      description: `${of.browseLatency} % of catalogue requests are answered within ${of.browseSeconds} s.`,
      summary: `Catalogue requests are slower than ${of.browseSeconds} s more often than the error budget allows`,
      operations: catalogue,
      seconds: of.browseSeconds,
    },
  ];
}

function sloText(slo: SpecSlo, level: Level): string {
  return `  - name: ${slo.name}
    objective: ${slo.objective}
    description: ${slo.description}
    sli:
      events:
${errorQuery(slo, level)}
        total_query: ${requests(slo, level, 'outcome=~"good|bad"')}
    alerting:
      name: ${slo.alert}
      labels: { service: ${level.service}, level: "${level.number}" }
      annotations:
        summary: ${slo.summary}
        runbook_url: runbooks/${slo.alert}.md
        dashboard: slo-overview
      page_alert: { labels: { severity: page } }
      ticket_alert: { labels: { severity: ticket } }
`;
}

function errorQuery(slo: SpecSlo, level: Level): string {
  if (slo.seconds === undefined) {
    return `        error_query: ${requests(slo, level, 'outcome="bad"')}`;
  }
  const good = (part: string, bound = ''): string =>
    `sum(rate(client_request_duration_seconds_${part}{job="client",service="${level.service}",${slo.operations},outcome="good"${bound}}[{{.window}}]))`;
  return `        error_query: >-
          ${good('count')}
          - ${good('bucket', `,le="${formatLe(slo.seconds)}"`)}`;
}

const requests = (slo: SpecSlo, level: Level, outcome: string): string =>
  `sum(rate(client_requests_total{job="client",service="${level.service}",${slo.operations},${outcome}}[{{.window}}]))`;

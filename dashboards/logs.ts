import type { Dashboard, Panel, PanelQuery } from './panel.ts';

/** All of a lab: its streams carry the level, and each line the service that its lab is known by. */
const lines = '{level=~".+"} | service_namespace=~"$service"';

/** Who gives a line its severity. */
const withSeverity = 'HAProxy, PostgreSQL, the shop and the payment provider';

const perPart = (more: string, rest: Omit<PanelQuery, 'expr'>): PanelQuery => ({
  expr: `sum by (node) (count_over_time(${lines}${more} [10s]))`,
  ...rest,
});

const stream = (title: string, description: string, query: string, mayBeEmpty: boolean): Panel => ({
  title,
  description,
  kind: 'logs',
  unit: 'short',
  source: 'loki',
  queries: [{ expr: query, legend: '', meaning: 'measure', mayBeEmpty }],
  width: 24,
  height: 10,
});

/** What the parts say, worst first. */
export const logs: Dashboard = {
  uid: 'logs',
  title: 'Logs',
  description: 'How much each part says, how much of it is bad, and the lines themselves with their traces.',
  variables: [{ name: 'service', label: 'Service', metric: 'up', valuesOf: 'service' }],
  annotations: [],
  rows: [
    {
      title: 'How much',
      panels: [
        {
          title: 'Lines per part',
          description: 'In ten seconds, all severities.',
          kind: 'timeseries',
          unit: 'short',
          source: 'loki',
          queries: [perPart('', { legend: '{{node}}', meaning: 'measure', shades: true })],
          minimum: 0,
          width: 12,
          height: 7,
        },
        {
          title: 'Warnings and errors per part',
          description: `In ten seconds: a severity number of 13 is a warning, of 17 an error. Of ${withSeverity}: nobody else's lines carry one.`,
          kind: 'timeseries',
          unit: 'short',
          source: 'loki',
          queries: [
            perPart(' | severity_number >= 17', {
              legend: '{{node}} errors',
              meaning: 'bad',
              shades: true,
              mayBeEmpty: true,
            }),
            perPart(' | severity_number >= 13 | severity_number < 17', {
              legend: '{{node}} warnings',
              meaning: 'slow',
              shades: true,
              mayBeEmpty: true,
            }),
          ],
          minimum: 0,
          width: 12,
          height: 7,
        },
      ],
    },
    {
      title: 'Lines',
      panels: [
        stream(
          'Warnings and errors',
          `Of ${withSeverity}, newest first: nobody else's lines carry a severity.`,
          `${lines} | severity_number >= 13`,
          true,
        ),
        stream("The shop's lines", 'Each carries its trace_id.', `${lines} | service_name="shop"`, false),
        stream(
          "PostgreSQL's lines",
          'As it writes them itself.',
          `${lines} | service_name="postgres"`,
          false,
        ),
      ],
    },
  ],
};

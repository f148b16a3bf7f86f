import { alertsOverTime } from './alerts-over-time.ts';
import { faultIn } from './annotations.ts';
import type { Dashboard, Panel } from './panel.ts';

const of = 'service=~"$service"';
const opened = `oncall_incident_opened_timestamp_seconds{${of}}`;
const since = (event: string): string =>
  `oncall_incident_${event}_timestamp_seconds{${of}} - on (service, incident) ${opened}`;

/** From the first bad answer: the client says since when it has had trouble, and the trouble comes before the page. */
const detected = `max_over_time((${opened} - on (service) group_left () (client_bad_since_timestamp_seconds{${of}} > 0))[1h:1s]) > 0`;

const mean = (title: string, description: string, expr: string): Panel => ({
  title,
  description,
  kind: 'stat',
  unit: 's',
  queries: [{ expr: `avg(${expr})`, legend: 'mean', meaning: 'measure', mayBeEmpty: true }],
  base: 'measure',
  width: 4,
  height: 5,
});

const count = (
  title: string,
  description: string,
  expr: string,
  steps: Pick<Panel, 'base' | 'thresholds'>,
): Panel => ({
  title,
  description,
  kind: 'stat',
  unit: 'short',
  queries: [{ expr, legend: 'incidents', meaning: 'page' }],
  ...steps,
  width: 4,
  height: 5,
});

/** Incidents and the people who have them: how soon they are told, answer, and are done. */
export const onCall: Dashboard = {
  uid: 'on-call',
  title: 'On call',
  description:
    'Incidents of the lab, and the mean times to detect, to acknowledge and to recover of the last hour.',
  variables: [{ name: 'service', label: 'Service', metric: 'oncall_incidents_open', valuesOf: 'service' }],
  annotations: [faultIn],
  rows: [
    {
      title: 'Now',
      panels: [
        count(
          'Open incidents',
          'A page fires or nobody said that it is over.',
          `sum(oncall_incidents_open{${of}})`,
          { base: 'good', thresholds: [{ value: 1, meaning: 'page' }] },
        ),
        count('Incidents of the lab', 'All since the lab came up.', `sum(oncall_incidents_total{${of}})`, {
          base: 'measure',
        }),
        mean('Mean time to detect', 'From the first bad answer to the delivery of the first page.', detected),
        mean(
          'Mean time to acknowledge',
          'From the first page to somebody who has it.',
          since('acknowledged'),
        ),
        mean('Mean time to recover', 'From the first page to the end of the last.', since('recovered')),
        {
          title: 'Silence of the heartbeat',
          description: 'Since the Watchdog was last heard: when it is long the pager is blind.',
          kind: 'stat',
          unit: 's',
          queries: [
            { expr: `max(receiver_watchdog_silence_seconds{${of}})`, legend: 'silence', meaning: 'slow' },
          ],
          base: 'good',
          thresholds: [{ value: 10, meaning: 'page' }],
          width: 4,
          height: 5,
          runbook: 'WatchdogMissing',
        },
      ],
    },
    {
      title: 'Over time',
      panels: [
        {
          title: 'Notifications',
          description:
            'That reached the receiver in a minute, by severity: a page wakes somebody, a ticket does not.',
          kind: 'timeseries',
          unit: 'short',
          queries: (['page', 'ticket'] as const).map((severity) => ({
            expr: `sum(increase(oncall_notifications_total{${of},severity="${severity}",status="firing"}[1m]))`,
            legend: severity,
            meaning: severity,
          })),
          minimum: 0,
          width: 12,
          height: 7,
        },
        {
          title: 'Each incident',
          description: 'From its first page: how long it took until somebody had it, and until it was over.',
          kind: 'timeseries',
          unit: 's',
          queries: [
            {
              expr: since('acknowledged'),
              legend: '{{incident}} acknowledged',
              meaning: 'measure',
              shades: true,
              mayBeEmpty: true,
            },
            {
              expr: since('recovered'),
              legend: '{{incident}} recovered',
              meaning: 'good',
              shades: true,
              mayBeEmpty: true,
            },
          ],
          minimum: 0,
          width: 12,
          height: 7,
        },
      ],
    },
    { title: 'Alerts', panels: [alertsOverTime()] },
  ],
};

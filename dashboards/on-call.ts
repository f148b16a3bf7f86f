import { alertsOverTime } from './alerts-over-time.ts';
import { faultIn } from './annotations.ts';
import type { Dashboard, Panel } from './panel.ts';

const of = 'service=~"$service"';
const one = (status: string): string => `sum(pager_incidents{${of},status="${status}"})`;

/** Sums and counts that live as long as the lab. */
const mean = (seconds: string): string => `sum(${seconds}_sum{${of}}) / (sum(${seconds}_count{${of}}) > 0)`;

/** The run that counts them ends, and the next one begins at zero. */
const meanOfAnHour = (seconds: string): string => {
  const grown = (part: string): string => `sum(increase(${seconds}_${part}{${of}}[1h]))`;
  return `${grown('sum')} / (${grown('count')} > 0)`;
};

const time = (title: string, description: string, expr: string): Panel => ({
  title,
  description,
  kind: 'stat',
  unit: 's',
  queries: [{ expr, legend: title, meaning: 'measure' }],
  base: 'measure',
  width: 4,
  height: 5,
});

const count = (title: string, description: string, expr: string, look: Partial<Panel>): Panel => ({
  title,
  description,
  kind: 'stat',
  unit: 'short',
  queries: [{ expr, legend: title, meaning: 'page' }],
  base: 'good',
  width: 4,
  height: 5,
  ...look,
});

/** What reached the people on call, and how soon they had it. */
export const onCall: Dashboard = {
  uid: 'on-call',
  title: 'On call',
  description:
    'Incidents of this lab since its start, and how long it took to detect, acknowledge and recover; `pnpm oncall list --all` has those of labs that are gone.',
  variables: [{ name: 'service', label: 'Service', metric: 'pager_incidents', valuesOf: 'service' }],
  annotations: [faultIn],
  rows: [
    {
      title: 'Incidents',
      panels: [
        count('Open', 'A page fires, and nobody has it.', one('open'), {
          thresholds: [{ value: 1, meaning: 'page' }],
        }),
        count('Acknowledged', 'Somebody has it, and its pages have not ended.', one('acknowledged'), {
          thresholds: [{ value: 1, meaning: 'slow' }],
        }),
        count('All', 'Since the start of the lab.', `sum(pager_incidents{${of}})`, { base: 'measure' }),
        time(
          'MTTD',
          'From a fault to its first page, mean of the runs of the last hour. Only who breaks it knows when it began: nothing of a drill, and nothing of what no run caused.',
          meanOfAnHour('firedrill_detection_seconds'),
        ),
        time(
          'MTTA',
          'From the first page until somebody had it, mean of those that somebody had.',
          mean('pager_acknowledge_seconds'),
        ),
        time(
          'MTTR',
          'From the first page until the last had ended, mean of those that have. A page ends when its burn-rate windows are well again, later than the users are.',
          mean('pager_recover_seconds'),
        ),
        {
          title: 'Incidents over time',
          description:
            'By what they are. Recovered: the pages have ended, and nobody has said yet that it is over.',
          kind: 'timeseries',
          unit: 'short',
          queries: [
            { expr: one('open'), legend: 'open', meaning: 'page' },
            { expr: one('acknowledged'), legend: 'acknowledged', meaning: 'slow' },
            { expr: one('recovered'), legend: 'recovered', meaning: 'measure' },
            { expr: one('resolved'), legend: 'resolved', meaning: 'good' },
          ],
          minimum: 0,
          width: 24,
          height: 7,
        },
      ],
    },
    { title: 'Alerts', panels: [alertsOverTime(`,${of}`)] },
    {
      title: 'Whether the pager would ring',
      panels: [
        {
          title: 'Silence of the Watchdog',
          description:
            'Since its last heartbeat came through Prometheus and Alertmanager. Above the line the pager pages by itself.',
          kind: 'timeseries',
          unit: 's',
          queries: [
            { expr: `max(receiver_watchdog_silence_seconds{${of}})`, legend: 'silence', meaning: 'measure' },
          ],
          thresholds: [{ value: 10, meaning: 'page' }],
          minimum: 0,
          width: 12,
          height: 7,
          runbook: 'WatchdogMissing',
        },
        {
          title: 'Deliveries',
          description: 'Of Alertmanager to the pager. Refused: without the token, or not to be read.',
          kind: 'timeseries',
          unit: 'reqps',
          queries: (['accepted', 'refused'] as const).map((result) => ({
            expr: `sum(rate(receiver_webhooks_total{${of},result="${result}"}[30s]))`,
            legend: result,
            meaning: result === 'accepted' ? ('good' as const) : ('bad' as const),
          })),
          minimum: 0,
          width: 12,
          height: 7,
        },
      ],
    },
  ],
};

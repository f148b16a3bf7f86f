import { alertsOverTime } from './alerts-over-time.ts';
import { faultIn } from './annotations.ts';
import { burnLines, burnQueries, legs } from './burn-rate.ts';
import type { Dashboard } from './panel.ts';
import { users } from './users.ts';

const every = 'sloth_service=~"$service",sloth_slo=~"$slo"';

/** A run as it goes: what is in, what users get of it, and how soon somebody is told. */
export const chaosRun: Dashboard = {
  uid: 'chaos-run',
  title: 'Chaos run',
  description:
    'The fault is shaded in every panel: what it does to users, to the budgets, and to the alerts. That of a drill is not.',
  variables: [
    { name: 'service', label: 'Service', metric: 'slo:objective:ratio', valuesOf: 'sloth_service' },
    {
      name: 'slo',
      label: 'SLO',
      metric: 'slo:objective:ratio{sloth_service=~"$service"}',
      valuesOf: 'sloth_slo',
    },
  ],
  annotations: [faultIn],
  rows: [
    {
      title: 'Users',
      panels: [...users(12)],
    },
    {
      title: 'Burn rates',
      panels: [
        {
          title: 'Burn rate: $slo',
          description:
            'A page fires while the long (solid) and the short (dashed) window of its pair are both over its line.',
          kind: 'timeseries',
          unit: 'short',
          queries: legs.flatMap(({ severity }, leg) => (severity === 'page' ? burnQueries(leg, every) : [])),
          thresholds: burnLines.filter(({ meaning }) => meaning === 'page'),
          minimum: 0,
          width: 12,
          height: 8,
          repeat: 'slo',
        },
      ],
    },
    { title: 'Alerts', panels: [alertsOverTime()] },
    {
      title: 'Quality of the measurement',
      panels: [
        {
          title: 'Arrivals that were not sent in time',
          description: 'Late because the load client was busy, or dropped: such a run says little.',
          kind: 'timeseries',
          unit: 'reqps',
          queries: [
            {
              expr: 'sum(rate(client_arrivals_late_total{service=~"$service"}[30s]))',
              legend: 'late',
              meaning: 'slow',
            },
            {
              expr: 'sum(rate(client_arrivals_dropped_total{service=~"$service"}[30s]))',
              legend: 'dropped',
              meaning: 'bad',
            },
          ],
          minimum: 0,
          width: 24,
          height: 5,
        },
      ],
    },
  ],
};

import type { UseOf } from './use.ts';

const connections = (state: string): string =>
  `sum(shop_database_pool_connections{service=~"$service",state="${state}"})`;
const rate = (metric: string): string => `sum(rate(${metric}{service=~"$service"}[30s]))`;

/** The one database server where no exporter asks it: by the word of the APIs that call it. */
export const postgresSeenByCallers: UseOf = () => ({
  utilisation: {
    description: 'Connections that work, beside those that are open.',
    unit: 'short',
    queries: [
      { expr: `${connections('total')} - ${connections('idle')}`, legend: 'busy', meaning: 'measure' },
      { expr: connections('total'), legend: 'open', meaning: 'measure', dashed: true },
    ],
  },
  saturation: {
    description: 'Callers that wait for a connection.',
    unit: 'short',
    queries: [{ expr: connections('waiting'), legend: 'waiting', meaning: 'slow' }],
  },
  errors: {
    description: 'Connections closed because the deadline had passed, and idle ones that broke.',
    unit: 'ops',
    queries: [
      { expr: rate('shop_database_deadline_exceeded_total'), legend: 'too late', meaning: 'bad' },
      { expr: rate('shop_database_connections_lost_total'), legend: 'broken', meaning: 'bad', dashed: true },
    ],
  },
});

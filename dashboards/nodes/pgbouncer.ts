import type { UseOf } from './use.ts';

/** A pool of connections: its one resource are the servers that it may have. */
export const pgbouncer: UseOf = (node) => {
  const of = `service=~"$service",node="${node}",database!="pgbouncer"`;
  return {
    utilisation: {
      description: 'Server connections that work, beside those that it may have.',
      unit: 'short',
      queries: [
        {
          expr: `sum(pgbouncer_pools_server_active_connections{${of}})`,
          legend: 'active',
          meaning: 'measure',
        },
        {
          expr: `sum(pgbouncer_databases_pool_size{service=~"$service",node="${node}",name!="pgbouncer"})`,
          legend: 'size',
          meaning: 'threshold',
          dashed: true,
        },
      ],
    },
    saturation: {
      description: 'Clients that wait for a server connection.',
      unit: 'short',
      queries: [
        {
          expr: `sum(pgbouncer_pools_client_waiting_connections{${of}})`,
          legend: 'waiting',
          meaning: 'slow',
        },
      ],
    },
    errors: {
      description:
        '1 while its console does not answer, or nobody tells: one that hangs takes the whole scrape with it.',
      unit: 'short',
      queries: [
        {
          expr: `1 - (pgbouncer_up{service=~"$service",node="${node}"} or on (node) 0 * up{service=~"$service",job="pgbouncer",node="${node}"})`,
          legend: 'silent',
          meaning: 'bad',
        },
      ],
    },
  };
};

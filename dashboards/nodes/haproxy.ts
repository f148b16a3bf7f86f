import type { UseOf } from './use.ts';

/** The edge: sessions, what queues for an API, and answers that are its own failures. */
export const haproxy: UseOf = (node) => {
  const of = `service=~"$service",node="${node}"`;
  return {
    utilisation: {
      description: 'Sessions of users.',
      unit: 'short',
      queries: [
        {
          expr: `haproxy_frontend_current_sessions{${of},proxy="users"}`,
          legend: 'sessions',
          meaning: 'measure',
        },
      ],
    },
    saturation: {
      description: 'Requests that wait for an API to be free.',
      unit: 'short',
      queries: [
        { expr: `haproxy_backend_current_queue{${of},proxy="shop"}`, legend: 'queue', meaning: 'slow' },
      ],
    },
    errors: {
      description: 'Connections to an API that failed, and answers of one that were none.',
      unit: 'reqps',
      queries: [
        {
          expr: `rate(haproxy_backend_connection_errors_total{${of},proxy="shop"}[30s])`,
          legend: 'connection',
          meaning: 'bad',
        },
        {
          expr: `rate(haproxy_backend_response_errors_total{${of},proxy="shop"}[30s])`,
          legend: 'answer',
          meaning: 'bad',
          dashed: true,
        },
      ],
    },
  };
};

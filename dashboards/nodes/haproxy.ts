import type { UseOf } from './use.ts';

/** What differs between those that HAProxy is for: its proxies' names, and who comes and is waited for. */
interface Between {
  readonly frontend: string;
  readonly backend: string;
  readonly sessions: string;
  readonly waits: string;
  readonly server: string;
}

const haproxyBetween =
  ({ frontend, backend, sessions, waits, server }: Between): UseOf =>
  (node) => {
    const of = `service=~"$service",node="${node}"`;
    return {
      utilisation: {
        description: sessions,
        unit: 'short',
        queries: [
          {
            expr: `haproxy_frontend_current_sessions{${of},proxy="${frontend}"}`,
            legend: 'sessions',
            meaning: 'measure',
          },
        ],
      },
      saturation: {
        description: waits,
        unit: 'short',
        queries: [
          {
            expr: `haproxy_backend_current_queue{${of},proxy="${backend}"}`,
            legend: 'queue',
            meaning: 'slow',
          },
        ],
      },
      errors: {
        description: `Connections to ${server} that failed, and answers of one that were none.`,
        unit: 'reqps',
        queries: [
          {
            expr: `rate(haproxy_backend_connection_errors_total{${of},proxy="${backend}"}[30s])`,
            legend: 'connection',
            meaning: 'bad',
          },
          {
            expr: `rate(haproxy_backend_response_errors_total{${of},proxy="${backend}"}[30s])`,
            legend: 'answer',
            meaning: 'bad',
            dashed: true,
          },
        ],
      },
    };
  };

/** The edge: sessions, what queues for an API, and answers that are its own failures. */
export const haproxy = haproxyBetween({
  frontend: 'users',
  backend: 'shop',
  sessions: 'Sessions of users.',
  waits: 'Requests that wait for an API to be free.',
  server: 'an API',
});

/** The way from the pool to the leader, as long as there is one. */
export const databaseRouter = haproxyBetween({
  frontend: 'leader',
  backend: 'leader',
  sessions: 'Connections of the pool.',
  waits: 'Connections that wait for the leader.',
  server: 'the leader',
});

import type { UseOf, UsePanel } from './use.ts';

const of = (node: string): string => `service=~"$service",instance="${node}"`;

const processor = (node: string): UsePanel => ({
  description: 'Processors in use; it cannot use much more than one.',
  unit: 'short',
  queries: [
    { expr: `rate(process_cpu_seconds_total{${of(node)}}[30s])`, legend: 'processor', meaning: 'measure' },
  ],
});

const eventLoop = (node: string): UsePanel => ({
  description: 'How late the 99th of a hundred turns of its event loop comes.',
  unit: 's',
  queries: [
    { expr: `nodejs_eventloop_lag_p99_seconds{${of(node)}}`, legend: 'event loop p99', meaning: 'slow' },
  ],
});

/** An API: full when its loop turns late or callers wait for a connection. */
export const shopApi: UseOf = (node) => ({
  utilisation: processor(node),
  saturation: eventLoop(node),
  errors: {
    description: 'Answers of 5xx, by its own word.',
    unit: 'reqps',
    queries: [
      {
        expr: `sum(rate(http_server_request_duration_seconds_count{${of(node)},http_response_status_code=~"5.."}[30s])) or vector(0)`,
        legend: '5xx',
        meaning: 'bad',
      },
    ],
  },
});

/** The provider is somebody else's: of its errors only its callers tell. */
export const paymentProvider: UseOf = (node) => ({
  utilisation: processor(node),
  saturation: eventLoop(node),
  errors: {
    description: 'Calls of the shop that it refused to take, also for their key, or did not answer.',
    unit: 'reqps',
    queries: [
      {
        expr: 'sum(rate(shop_payment_request_duration_seconds_count{service=~"$service",outcome=~"refused|unauthorized|unknown"}[30s])) or vector(0)',
        legend: 'failed calls',
        meaning: 'bad',
      },
    ],
  },
});

import type { Row } from '../panel.ts';

const answers = (code: string): string =>
  `sum(rate(haproxy_frontend_http_responses_total{service=~"$service",proxy="users",code=~"${code}"}[30s]))`;

const failed = (metric: string, by: string): string => {
  const sum = (outcome: string): string => `sum${by}(rate(${metric}{service=~"$service",${outcome}}[30s]))`;
  return `${sum('outcome="bad"')} / ${sum('outcome=~"good|bad"')}`;
};

const seconds = (what: string): string =>
  `haproxy_backend_${what}_time_average_seconds{service=~"$service",proxy="shop"}`;

/** Rate, errors and duration as the load balancer sees them. */
export const edge: Row = {
  title: 'Edge (level 2 and up)',
  fromLevel: 2,
  panels: [
    {
      title: 'Answers at the edge',
      description:
        'By class. 5xx includes its own: 503 when no API is ready, 504 when none answers in time. "None" ended without an answer.',
      kind: 'timeseries',
      unit: 'reqps',
      queries: [
        { expr: answers('1xx|2xx|3xx'), legend: '2xx, 3xx', meaning: 'good' },
        { expr: answers('4xx'), legend: '4xx', meaning: 'excluded' },
        { expr: answers('5xx'), legend: '5xx', meaning: 'bad' },
        { expr: answers('other'), legend: 'none', meaning: 'bad', dashed: true },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Failed: users and edge',
      description:
        'The error ratio over 30 s. What users have and the edge has not never reached it, or was given up by them.',
      kind: 'timeseries',
      unit: 'percentunit',
      queries: [
        {
          expr: failed('client_requests_total', ''),
          legend: 'users',
          meaning: 'bad',
        },
        {
          expr: failed('edge:requests:sum', ' by (service, node) '),
          legend: '{{node}}',
          meaning: 'bad',
          dashed: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Time at the edge',
      description: 'Means of the last 1024 requests: waiting for an API, its answer, all of it.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        { expr: seconds('queue'), legend: 'queue', meaning: 'slow' },
        { expr: seconds('response'), legend: 'response', meaning: 'measure', dashed: true },
        { expr: seconds('total'), legend: 'total', meaning: 'measure' },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'APIs that get requests',
      description: '1 while the edge takes an API for ready.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: 'haproxy_server_status{service=~"$service",proxy="shop",state="UP"}',
          legend: '{{server}}',
          meaning: 'good',
          shades: true,
        },
      ],
      minimum: 0,
      width: 12,
      height: 6,
    },
    {
      title: 'Sent again',
      description: 'Requests that the edge sent a second time, to the same API or to the other.',
      kind: 'timeseries',
      unit: 'reqps',
      queries: [
        {
          expr: 'rate(haproxy_backend_retry_warnings_total{service=~"$service",proxy="shop"}[30s])',
          legend: 'again',
          meaning: 'slow',
        },
        {
          expr: 'rate(haproxy_backend_redispatch_warnings_total{service=~"$service",proxy="shop"}[30s])',
          legend: 'to the other',
          meaning: 'slow',
          dashed: true,
        },
      ],
      minimum: 0,
      width: 12,
      height: 6,
    },
  ],
};

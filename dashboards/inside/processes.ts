import type { Row } from '../panel.ts';

/** Utilisation, saturation and errors of each part that tells them. */
export const processes: Row = {
  title: 'Parts: use, saturation, errors',
  panels: [
    {
      title: 'Processor time per part',
      description: 'Processors in use. A Node.js part cannot use much more than one.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: 'sum by (instance) (rate(process_cpu_seconds_total{service=~"$service"}[30s]))',
          legend: '{{instance}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Event loop of the APIs',
      description: 'How late the 99th of a hundred turns comes: an API that is full before its processor is.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: 'nodejs_eventloop_lag_p99_seconds{service=~"$service",job="api"}',
          legend: '{{instance}}',
          meaning: 'slow',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Parts that do not answer',
      description:
        'Scrapes that fail, and probes that find a part not ready (the load client is there only in runs).',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: 'count(up{service=~"$service",job!="client"} == 0) or vector(0)',
          legend: 'not scraped',
          meaning: 'bad',
        },
        {
          expr: 'count(probe_success{service=~"$service"} == 0) or vector(0)',
          legend: 'not ready',
          meaning: 'bad',
          dashed: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Memory per part',
      description: 'Resident, of the parts that tell it.',
      kind: 'timeseries',
      unit: 'bytes',
      queries: [
        {
          expr: 'sum by (instance) (process_resident_memory_bytes{service=~"$service"})',
          legend: '{{instance}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      minimum: 0,
      width: 24,
      height: 7,
    },
  ],
};

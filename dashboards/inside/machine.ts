import type { Panel, PanelQuery, Row } from '../panel.ts';

const panel = (
  title: string,
  description: string,
  unit: Panel['unit'],
  queries: readonly PanelQuery[],
  limit?: number,
): Panel => ({
  title,
  description,
  kind: 'timeseries',
  unit,
  queries,
  ...(limit === undefined ? {} : { thresholds: [{ value: limit, meaning: 'ticket' as const }] }),
  minimum: 0,
  width: 6,
  height: 8,
});

const spent = (more = ''): string => `sum(rate(node_cpu_seconds_total{service=~"$service"${more}}[30s]))`;

const waited = (what: string): string =>
  `rate(node_pressure_${what}_seconds_total{service=~"$service"}[30s])`;

/** Utilisation, saturation and errors of the machine that carries all parts. */
export const machine: Row = {
  title: 'Machine: use, saturation (level 2 and up)',
  fromLevel: 2,
  panels: [
    panel(
      'Processors',
      'The share of their time in which they worked; waiting for a disk is none, nor is what the host of a virtual machine took.',
      'percentunit',
      [
        {
          expr: `1 - ${spent(',mode=~"idle|iowait|steal"')} / ${spent()}`,
          legend: 'busy',
          meaning: 'measure',
        },
      ],
    ),
    panel(
      'Waiting (PSI)',
      'The share of time in which something waited: for a processor, the disk, or memory (all of it stood still). A kernel without PSI shows nothing.',
      'percentunit',
      [
        { expr: waited('cpu_waiting'), legend: 'processor', meaning: 'measure', mayBeEmpty: true },
        { expr: waited('io_waiting'), legend: 'disk', meaning: 'slow', mayBeEmpty: true },
        { expr: waited('memory_stalled'), legend: 'memory', meaning: 'bad', mayBeEmpty: true },
      ],
    ),
    panel(
      'Memory in use',
      'Above the line MemoryPressure is a ticket.',
      'percentunit',
      [
        {
          expr: '1 - node_memory_MemAvailable_bytes{service=~"$service"} / node_memory_MemTotal_bytes{service=~"$service"}',
          legend: 'used',
          meaning: 'measure',
        },
      ],
      0.95,
    ),
    panel(
      'Disk left',
      'Of the file system that holds the data. Below the line DiskPressure is a ticket.',
      'bytes',
      [
        {
          expr: 'node_filesystem_avail_bytes{service=~"$service"}',
          legend: '{{mountpoint}}',
          meaning: 'measure',
        },
      ],
      500e6,
    ),
  ],
};

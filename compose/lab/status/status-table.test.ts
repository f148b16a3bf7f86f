import { describe, expect, it } from 'vitest';
import { untouched } from '../levers/operations.ts';
import type { LabStatus } from './lab-status.ts';
import { operationsStatus } from './operations-status.ts';
import { statusTable } from './status-table.ts';

const status: LabStatus = {
  labId: '0a1b2c3d-l1',
  level: 1,
  runtime: 'native',
  clock: 'drill',
  home: '/tmp/lab',
  startedAt: '2026-11-29T03:00:00.000Z',
  held: true,
  sealed: false,
  toxiproxyPort: 1,
  operations: operationsStatus(untouched),
  nodes: [{ node: 'api-1', running: true, stopped: false, pid: 7, ready: true, ports: { http: 8 } }],
  edges: [
    {
      edge: 'api-1:payment-1',
      state: 'enabled',
      toxics: [{ name: 'latency', type: 'latency', stream: 'downstream', toxicity: 1, attributes: {} }],
      listen: 1,
      upstream: 2,
    },
  ],
} as unknown as LabStatus;

describe('the table of a lab', () => {
  it('shows toxics while an experiment holds it', () => {
    expect(statusTable(status)).toContain('latency (latency, downstream)');
    expect(statusTable(status)).toContain(', held by a run');
  });

  it('says where its servers replace a leader sooner than Patroni supports', () => {
    const cluster = { leader: 'pg-1', synchronous: ['pg-2'], timeline: 3, paused: false };
    const led = 'pg-1 leads on timeline 3; synchronous: pg-2\n';
    const below = 'timers fast: below the least that Patroni supports';
    expect(statusTable({ ...status, cluster, timers: 'fast' })).toContain(`${led}${below}`);
    expect(statusTable({ ...status, cluster, timers: 'supported' })).not.toContain(below);
    expect(statusTable({ ...status, cluster: null, timers: 'fast' })).toContain(below);
  });

  it('says where feeds are kept, unless it is the database', () => {
    const kept = 'feeds are kept as documents, over MongoDB’s wire\n';
    expect(statusTable({ ...status, feed: 'mongodb' })).toContain(kept);
    expect(statusTable(status)).not.toContain(kept);
  });

  it('shows parts, and no edge, while a drill does', () => {
    const table = statusTable({ ...status, sealed: true, edges: [] });
    expect(table).toMatch(/^api-1 +ready/m);
    expect(table).toContain(', held by a drill');
    expect(table).toMatch(/the edges are sealed until the drill has ended$/);
    expect(table).not.toContain('toxic');
  });
});

import { expect, it } from 'vitest';
import type { ServerReading } from '../replication/read-server.ts';
import { serverStatus } from './server-status.ts';

const now = Date.parse('2026-01-01T00:00:10.000Z');

const reading = (node: string, changes: Partial<ServerReading>): ServerReading => ({
  node,
  role: 'standby',
  timeline: 1,
  lsn: '0/3E8',
  position: 1000,
  replayedLsn: '0/3E8',
  replayedPosition: 1000,
  lastReplayedAt: '2026-01-01T00:00:08.000Z',
  streamsFrom: 'pg-1',
  replayPaused: false,
  ...changes,
});

const primary = reading('pg-1', { role: 'primary', streamsFrom: undefined });

it('is not late when it replayed all there is, however old that is', () => {
  const standby = reading('pg-2', {});
  expect(serverStatus(standby, [primary, standby], now)).toMatchObject({ lagBytes: 0, lagMs: 0 });
});

it('is as late as its newest commit is old when there is more', () => {
  const standby = reading('pg-2', { replayedPosition: 400, streamsFrom: undefined });
  expect(serverStatus(standby, [primary, standby], now)).toEqual({
    role: 'standby',
    timeline: 1,
    streamsFrom: undefined,
    lagBytes: 600,
    lagMs: 2000,
  });
});

it('cannot tell its lag in bytes without a primary, but its age', () => {
  const standby = reading('pg-2', {});
  expect(serverStatus(standby, [standby], now)).toMatchObject({ lagBytes: undefined, lagMs: 2000 });
});

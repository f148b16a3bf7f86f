import { expect, it } from 'vitest';
import type { Run } from './run.ts';
import { checkWatchdog } from './watchdog.ts';

interface Reading {
  readonly lastHeartbeatAt: string | null;
  readonly silentMs: number;
}

const beat = (silentMs: number): Reading => ({ lastHeartbeatAt: '2026-11-23T04:21:12.822Z', silentMs });
const none = (silentMs: number): Reading => ({ lastHeartbeatAt: null, silentMs });

function verdictOf(readings: readonly Reading[]): string {
  const events = readings.map((reading, seq) => ({
    seq,
    at: '2026-11-23T04:21:13.000Z',
    type: 'watchdog',
    ...reading,
  }));
  return checkWatchdog({ events } as unknown as Run).verdict;
}

it.each([
  ['heartbeats all the time', [beat(900), beat(100)], 'pass'],
  ['a lab read just before its first heartbeat', [none(6225), beat(940)], 'pass'],
  ['a first heartbeat that came too late', [none(12_000), beat(10)], 'inconclusive'],
  ['no heartbeat at all', [none(2000), none(7000)], 'inconclusive'],
  ['a silence in the middle', [beat(900), beat(10_001), beat(10)], 'inconclusive'],
  ['nobody looked', [], 'inconclusive'],
])('%s', (_name, readings, verdict) => {
  expect(verdictOf(readings)).toBe(verdict);
});

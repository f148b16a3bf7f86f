import { expect, it } from 'vitest';
import { type ClusterMember, type ClusterReading, isPlaced, newestOf } from './cluster.ts';

const cluster = (changes: Partial<ClusterMember>): ClusterReading => ({
  leader: 'pg-1',
  paused: false,
  members: [
    { name: 'pg-1', role: 'leader', state: 'running', timeline: 3, lagBytes: undefined },
    { name: 'pg-2', role: 'synchronous', state: 'streaming', timeline: 3, lagBytes: 0, ...changes },
  ],
});

it.each([
  ['streams on the timeline of the leader', {}, true],
  ['streams on an older timeline', { timeline: 2 }, false],
  ['is starting', { state: 'starting' }, false],
  ['streams, and nobody confirms yet', { role: 'standby' as const }, false],
])('a standby that %s: has its place %s', (_what, changes, placed) => {
  expect(isPlaced(cluster(changes), 'pg-2')).toBe(placed);
});

it.each([
  ['confirms', {}, true],
  ['streams and does not confirm yet', { role: 'standby' as const }, false],
  ['is away', { role: 'standby' as const, state: 'stopped' }, true],
])('the leader whose standby %s: has its place %s', (_what, changes, placed) => {
  expect(isPlaced(cluster(changes), 'pg-1')).toBe(placed);
});

it('nobody has a place without a leader, or without an answer', () => {
  const { members } = cluster({});
  expect(isPlaced({ leader: undefined, paused: false, members: members.slice(1) }, 'pg-2')).toBe(false);
  expect(isPlaced(undefined, 'pg-1')).toBe(false);
  expect(isPlaced(cluster({}), 'pg-3')).toBe(false);
});

it('the newest leader counts, whoever answers first, and any leader before none', () => {
  const led = (leader: string | undefined, timeline?: number): ClusterReading => ({
    leader,
    paused: false,
    members:
      leader === undefined
        ? []
        : [{ name: leader, role: 'leader', state: 'running', timeline, lagBytes: undefined }],
  });
  const [old, young, starting, none] = [led('pg-1', 3), led('pg-2', 4), led('pg-3'), led(undefined)];
  expect(newestOf([old, undefined, young])).toBe(young);
  expect(newestOf([young, old])).toBe(young);
  expect(newestOf([none, starting])).toBe(starting);
  expect(newestOf([none])).toBe(none);
  expect(newestOf([undefined])).toBeUndefined();
});

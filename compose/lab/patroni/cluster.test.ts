import { expect, it } from 'vitest';
import { type ClusterMember, type ClusterReading, isPlaced } from './cluster.ts';

const cluster = (changes: Partial<ClusterMember>): ClusterReading => ({
  leader: 'pg-1',
  paused: false,
  members: [
    { name: 'pg-1', role: 'leader', state: 'running', timeline: 3, lagBytes: undefined },
    { name: 'pg-2', role: 'standby', state: 'streaming', timeline: 3, lagBytes: 0, ...changes },
  ],
});

it.each([
  ['streams on the timeline of the leader', {}, true],
  ['streams on an older timeline', { timeline: 2 }, false],
  ['is starting', { state: 'starting' }, false],
])('a standby that %s: has its place %s', (_what, changes, placed) => {
  expect(isPlaced(cluster(changes), 'pg-2')).toBe(placed);
});

it('nobody has a place without a leader, or without an answer', () => {
  const { members } = cluster({});
  expect(isPlaced({ leader: undefined, paused: false, members: members.slice(1) }, 'pg-2')).toBe(false);
  expect(isPlaced(undefined, 'pg-1')).toBe(false);
  expect(isPlaced(cluster({}), 'pg-3')).toBe(false);
});

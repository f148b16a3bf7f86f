import { expect, it } from 'vitest';
import { awayLeadersIn } from './away-leaders.ts';
import type { ClusterMember, ClusterReading } from './cluster.ts';

const cluster = (changes: Partial<ClusterMember>): ClusterReading => ({
  leader: 'pg-2',
  paused: false,
  members: [
    { name: 'pg-2', role: 'leader', state: 'running', timeline: 3, lagBytes: undefined },
    { name: 'pg-3', role: 'synchronous', state: 'streaming', timeline: 3, lagBytes: 0 },
    { name: 'pg-1', role: 'standby', state: 'streaming', timeline: 3, lagBytes: 0, ...changes },
  ],
});

it('a former leader is away until it streams on the timeline of the one that leads now', () => {
  expect(awayLeadersIn(cluster({ state: 'stopped', timeline: 2 }), ['pg-1', 'pg-1'])).toEqual(['pg-1']);
  expect(awayLeadersIn(cluster({ timeline: 2 }), ['pg-1'])).toEqual(['pg-1']);
  expect(awayLeadersIn(cluster({}), ['pg-1'])).toEqual([]);
});

it('a standby that never led may be away', () => {
  expect(awayLeadersIn(cluster({ state: 'stopped' }), [])).toEqual([]);
});

it('where nobody tells of the cluster, every former leader is away', () => {
  expect(awayLeadersIn(undefined, ['pg-1', 'pg-2'])).toEqual(['pg-1', 'pg-2']);
});

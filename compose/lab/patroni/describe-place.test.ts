import { expect, it } from 'vitest';
import type { ClusterMember } from './cluster.ts';
import { describePlace } from './describe-place.ts';

const member = (name: string, changes: Partial<ClusterMember> = {}): ClusterMember => ({
  name,
  role: 'standby',
  state: 'streaming',
  timeline: 2,
  lagBytes: 0,
  ...changes,
});
const leader = member('pg-2', { role: 'leader', state: 'running' });
const cluster = (...members: readonly ClusterMember[]) => ({
  leader: members.find(({ role }) => role === 'leader')?.name,
  paused: false,
  members,
});

it.each([
  [undefined, 'no server reached etcd'],
  [
    cluster(leader, member('pg-1', { state: 'stopped', timeline: undefined }), member('pg-3')),
    'pg-1 is stopped on timeline ?, its leader pg-2 is running on timeline 2, no standby confirms',
  ],
  [
    cluster(leader, member('pg-3', { role: 'synchronous' })),
    'pg-1 is not in it, its leader pg-2 is running on timeline 2',
  ],
  [cluster(member('pg-1', { state: '' })), 'pg-1 is silent on timeline 2, nobody leads, no standby confirms'],
])('%#: says where a server stands, who leads, and whether anybody confirms', (found, words) => {
  expect(describePlace(found, 'pg-1')).toBe(words);
});

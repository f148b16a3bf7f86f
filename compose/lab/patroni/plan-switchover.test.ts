import { describe, expect, it } from 'vitest';
import type { ClusterMember, ClusterReading } from './cluster.ts';
import { planSwitchover } from './plan-switchover.ts';

const servers = ['pg-1', 'pg-2', 'pg-3'];
const member = (name: string, role: ClusterMember['role'], state: string): ClusterMember => ({
  name,
  role,
  state,
  timeline: 2,
  lagBytes: 0,
});
const well: ClusterReading = {
  leader: 'pg-1',
  paused: false,
  members: [
    member('pg-1', 'leader', 'running'),
    member('pg-2', 'synchronous', 'streaming'),
    member('pg-3', 'standby', 'streaming'),
  ],
};
const plan = (target: string, cluster: ClusterReading | undefined = well, force = false) =>
  planSwitchover({ level: 4, target, servers, cluster, force });

describe('a planned change of the leader', () => {
  it('goes straight to the standby that confirms commits', () => {
    expect(plan('pg-2')).toEqual({ leader: 'pg-1', confirmFirst: false });
  });

  it('has any other one confirm them first', () => {
    expect(plan('pg-3')).toEqual({ leader: 'pg-1', confirmFirst: true });
  });

  const leaderless: ClusterReading = { ...well, leader: undefined };
  const lagging: ClusterReading = {
    ...well,
    members: well.members.map((one) => (one.name === 'pg-2' ? { ...one, state: 'starting' } : one)),
  };
  it.each([
    ['a server that is not there', 'pg-9', well, 'usage', /pg-1, pg-2, pg-3/],
    ['the leader', 'pg-1', well, 'promotion-refused', /status --level 4/],
    ['without a leader', 'pg-2', leaderless, 'promotion-refused', /^wait, and see/],
    ['a standby that does not stream', 'pg-2', lagging, 'promotion-refused', /promote pg-3 --level 4/],
    ['while Patroni is paused', 'pg-2', { ...well, paused: true }, 'promotion-refused', /PatroniPaused\.md/],
  ] as const)('is refused for %s, with what to do instead', (_what, target, cluster, code, fix) => {
    expect(() => plan(target, cluster)).toThrow(
      expect.objectContaining({ code, fix: expect.stringMatching(fix) }),
    );
  });

  it('is refused when nobody reaches the store, and when it shall lose something', () => {
    expect(() =>
      planSwitchover({ level: 4, target: 'pg-2', servers, cluster: undefined, force: false }),
    ).toThrow(/no server reaches etcd/);
    expect(() => plan('pg-2', well, true)).toThrow(expect.objectContaining({ where: '--force' }));
  });
});

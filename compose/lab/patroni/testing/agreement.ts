import { expect } from 'vitest';
import { inSession, insert } from '../../promote/testing/sessions.ts';
import { freshId } from '../../promote/testing/writer.ts';
import { readServer } from '../../replication/read-server.ts';
import type { LabState } from '../../state.ts';
import { eventually } from '../../testing/eventually.ts';
import { listenPort } from '../../wiring/ports.ts';
import { readCluster } from '../cluster.ts';

/** The supported 20 s, the election, the first write, and a machine that is slow at all of it. */
const failoverMs = 180_000;

/** The standby that confirms commits: which one that is depends on what was before. */
export const synchronousStandby = (state: LabState): Promise<string> =>
  eventually(
    'a standby confirms',
    async () => (await readCluster(state))?.members.find(({ role }) => role === 'synchronous')?.name,
  );

/** Another one than before leads, and the pool has a write through to it. @returns its name. */
export const newLeader = (state: LabState, pool: string, before: string): Promise<string> =>
  eventually(
    `another than ${before} leads`,
    async () => {
      const leader = (await readCluster(state))?.leader;
      if (leader === undefined || leader === before) return undefined;
      await inSession(state, pool, (client) => insert(client, freshId()));
      return leader;
    },
    failoverMs,
  );

/** A server tells what it has heard at its last look, up to a second ago. */
export const untilNothingIsChanged = (state: LabState, node: string): Promise<true> =>
  eventually('the agreement is as it was', async () => {
    const answer = await fetch(`http://127.0.0.1:${listenPort(state, node, 'rest')}/config`);
    const names = Object.keys((await answer.json()) as object);
    return names.includes('ttl') && !names.includes('pause') && !names.includes('synchronous_node_count')
      ? true
      : undefined;
  });

/** What ties a server to the store and to the others, in both directions; its clients stay. */
export const edgesAround = (server: string, servers: readonly string[]): readonly string[] => [
  ...[1, 2, 3].map((member) => `${server}:etcd-${member}`),
  ...servers
    .filter((node) => node !== server)
    .flatMap((node) => [`${node}:${server}`, `${server}:${node}`])
    .flatMap((edge) => [edge, `${edge}/rest`]),
];

export const untilItFollows = (state: LabState, server: string, leader: string): Promise<boolean> =>
  eventually(`${server} follows`, async () => {
    expect(await readServer(state, server)).toMatchObject({ role: 'standby', streamsFrom: leader });
    return true;
  });

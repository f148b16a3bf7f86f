import type pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { edgeUrl } from './addresses.ts';
import { readDivergences } from './divergence/divergence.ts';
import { readCluster } from './patroni/cluster.ts';
import { changeAgreement } from './patroni/patroni-api.ts';
import { stateNow } from './patroni/state-now.ts';
import {
  edgesAround,
  newLeader,
  synchronousStandby,
  untilItFollows,
  untilNothingIsChanged,
} from './patroni/testing/agreement.ts';
import { idsOn, insert, makeProbeTable, probeTable, session } from './promote/testing/sessions.ts';
import { freshId, whoWrites } from './promote/testing/writer.ts';
import { asSuperuser } from './replication/admin-connection.ts';
import { labStatus } from './status/lab-status.ts';
import { statusTable } from './status/status-table.ts';
import { askLoki, askPrometheus } from './testing/ask.ts';
import { sale } from './testing/buy.ts';
import { eventually } from './testing/eventually.ts';
import { roleBehind } from './testing/role-behind.ts';
import { type SharedLab, sharedLab } from './testing/shared-lab.ts';
import { databaseOf } from './wiring/pgbouncer.ts';
import { listenPort } from './wiring/ports.ts';

const pool = 'pgbouncer-1';
const first = 'pg-1';
const servers = ['pg-1', 'pg-2', 'pg-3'];

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(4);
  await makeProbeTable(lab.state, first);
});
afterEach(() => lab.control.healAll());

/** The one process that decides for a server; PostgreSQL itself is in others. */
async function patroniOf(node: string): Promise<number> {
  const { nodes } = await lab.control.read();
  const pid = nodes.find((reading) => reading.node === node)?.pid;
  if (pid === undefined) throw new Error(`${node} does not run`);
  return pid;
}

const pidOf = async (client: pg.Client): Promise<number> =>
  (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;

/** The first server has a commit of that backend on its disk, and waits until another one has it, too. */
const waits = (backend: number): Promise<true | undefined> =>
  asSuperuser(lab.state, first, async (client) => {
    const { rowCount } = await client.query(
      "SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'SyncRep'",
      [backend],
    );
    return rowCount === 1 ? true : undefined;
  });

describe('the cluster of level 4', () => {
  it('shows who leads, who confirms, the timeline and the lag, and no secret', async () => {
    const status = await eventually('every node is ready', async () => {
      // Each time: after a stall of three seconds it may be another one.
      const sync = await synchronousStandby(lab.state);
      const now = await labStatus(lab.state);
      const table = statusTable(now);
      expect(now.cluster).toEqual({
        leader: first,
        synchronous: [sync],
        timeline: expect.any(Number),
        paused: false,
      });
      expect(table).toMatch(new RegExp(`^pg-1 leads on timeline \\d+; synchronous: ${sync}$`, 'm'));
      expect(table).toMatch(/^pg-\d +synchronous standby +\d+ +pg-1 +\d+ B/m);
      expect(table).not.toContain('below');
      for (const { node, ready } of now.nodes) expect(ready, node).toBe(true);
      return now;
    });
    for (const secret of Object.values(lab.state.secrets))
      expect(JSON.stringify(status)).not.toContain(secret);
  });

  it('takes writes where the router leads, and reads where they say', async () => {
    const port = (node: string) => listenPort(lab.state, node, 'sql');
    // What an earlier change of the leader left in the pool is met once, and goes.
    await eventually('each leads where its name says', async () => {
      expect(await roleBehind(lab.state, 'shop')).toEqual({ port: port(first), standby: false });
      for (const node of servers)
        expect(await roleBehind(lab.state, databaseOf(node))).toEqual({
          port: port(node),
          standby: node !== first,
        });
      return true;
    });
  });

  it('is scraped and its logs are kept, each under its own name', async () => {
    const jobs = await eventually('every target of the cluster is up', async () => {
      const up = await askPrometheus(lab.state, 'up{job=~"patroni|etcd|router"} == 1');
      return up.length === 7 ? up.map(({ labels }) => `${labels['job']} ${labels['node']}`) : undefined;
    });
    expect(jobs.toSorted()).toEqual([
      ...['etcd etcd-1', 'etcd etcd-2', 'etcd etcd-3'],
      ...['patroni pg-1', 'patroni pg-2', 'patroni pg-3', 'router router-1'],
    ]);
    for (const [service, words] of [
      ['patroni', 'I am \\\\(pg-1\\\\)'],
      // What it warns of at every start; of its elections it speaks only where something was slow.
      ['etcd', 'Running http and grpc server'],
      ['database-router', 'leader/pg-'],
      ['postgres', 'streaming WAL'],
    ]) {
      const query = `{service_name="${service}",level="4"} |~ "${words}"`;
      await eventually(query, async () => (await askLoki(lab.state, query))[0]);
    }
  });
});

describe('a commit', () => {
  it('is not acknowledged while no standby has it, and comes through when one is back', async () => {
    const edges = ['pg-2:pg-1', 'pg-3:pg-1'];
    const id = freshId();
    for (const edge of edges) await lab.control.apply({ kind: 'edge-disable', edge });
    const client = await session(lab.state, first);
    await expect(insert(client, id)).rejects.toThrow(/timeout/i);
    expect((await idsOn(lab.state, 'pg-2')).has(id)).toBe(false);
    for (const edge of edges) await lab.control.undo({ kind: 'edge-restore', edge });
    await eventually('a standby has it', async () => (await idsOn(lab.state, 'pg-2')).has(id) || undefined);
    client.end().catch(() => {});
  });
});

it('what an operator left in the agreement is taken back by a heal', async () => {
  await changeAgreement(lab.state, first, { pause: true, synchronous_node_count: 2 });
  await eventually('it is seen', async () =>
    statusTable(await labStatus(lab.state)).includes('Patroni is paused') ? true : undefined,
  );
  await lab.control.healAll();
  await untilNothingIsChanged(lab.state, first);
});

it('the loss of a member of etcd stops nobody', async () => {
  const shop = edgeUrl(lab.state, 'client-1:edge-1');
  await lab.control.apply({ kind: 'node-kill', node: 'etcd-2' });
  await eventually('the other two agree', async () => {
    const agreeing = await askPrometheus(lab.state, 'sum(etcd_server_has_leader)');
    return agreeing[0]?.value === 2 ? true : undefined;
  });
  for (let orders = 0; orders < 5; orders++) await sale(shop);
  expect(await eventually('somebody leads', async () => (await readCluster(lab.state))?.leader)).toBe(first);
});

it('the servers of Patroni let nobody without its password change anything', async () => {
  const url = `http://127.0.0.1:${listenPort(lab.state, first, 'rest')}/switchover`;
  const body = JSON.stringify({ leader: first, candidate: await synchronousStandby(lab.state) });
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect(answer.status).toBe(401);
  await eventually('the standbys stream', async () => {
    const { rows } = await asSuperuser(lab.state, first, (client) =>
      client.query('SELECT DISTINCT usename FROM pg_stat_replication'),
    );
    expect(rows).toEqual([{ usename: 'replicator' }]);
    return true;
  });
});

// The last one: another leads then, until the next file asks for this lab.
it('a leader that is isolated with its clients, and cannot give up its place, acknowledges none of their writes, and all are listed before they are thrown away', async () => {
  const [before, after] = [await session(lab.state, first), await session(lab.state, first)];
  const writer = await whoWrites(lab.state, first);
  // Otherwise it ends its clients' sessions seconds after the cut, or before it, as the machine has it.
  process.kill(await patroniOf(first), 'SIGSTOP');
  for (const edge of edgesAround(first, servers)) await lab.control.apply({ kind: 'edge-disable', edge });
  const [alone, late] = [freshId(), freshId()];
  const backend = await pidOf(before);
  const told = insert(before, alone).catch(() => 'never');
  await eventually('it waits for a standby', () => waits(backend));

  const leader = await newLeader(lab.state, pool, first);
  const promotedAt = await eventually('the change is in the history', async () => {
    const last = (await stateNow(lab.state)).promotions.at(-1);
    return last?.to === leader ? Date.parse(last.promotedAt) : undefined;
  });
  await expect(insert(after, late)).rejects.toThrow(/timeout/i);
  await writer.stop();
  expect(await told).toBe('never');
  expect(writer.acknowledged.filter(({ at }) => at > promotedAt)).toEqual([]);

  await lab.control.healAll();
  await untilItFollows(lab.state, first, leader);
  const kept = await idsOn(lab.state, leader);
  expect(writer.acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
  const listed = readDivergences(lab.state.home).findLast(({ node }) => node === first);
  expect(listed).toMatchObject({ fork: expect.any(String), end: expect.any(String) });
  expect(listed?.problem).toBeUndefined();
  const rows = listed?.rows.filter(({ table }) => table === probeTable) ?? [];
  const thrownAway = rows.map(({ row }) => Number(row['id']));
  expect(thrownAway).toEqual(expect.arrayContaining([alone, late]));
  expect(listed?.commits.length).toBeGreaterThanOrEqual(thrownAway.length);
  expect(thrownAway.filter((id) => kept.has(id))).toEqual([]);
  for (const client of [before, after]) client.end().catch(() => {});
});

import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { edgeUrl } from './addresses.ts';
import { readDivergences } from './divergence/divergence.ts';
import { readCluster } from './patroni/cluster.ts';
import { changeAgreement } from './patroni/patroni-api.ts';
import { stateNow } from './patroni/state-now.ts';
import { promote } from './promote/promote.ts';
import { idsOn, inSession, insert, makeProbeTable, probeTable, session } from './promote/testing/sessions.ts';
import { freshId, startWriter } from './promote/testing/writer.ts';
import { asSuperuser } from './replication/admin-connection.ts';
import { readServer } from './replication/read-server.ts';
import { labStatus } from './status/lab-status.ts';
import { statusTable } from './status/status-table.ts';
import { askLoki, askPrometheus } from './testing/ask.ts';
import { buy } from './testing/buy.ts';
import { eventually } from './testing/eventually.ts';
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

const synchronous = async (): Promise<string | undefined> =>
  (await readCluster(lab.state))?.members.find(({ role }) => role === 'synchronous')?.name;

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

/** Another one than before, and the pool has a write through to it. */
const newLeader = (before: string): Promise<string> =>
  eventually(`another than ${before} leads`, async () => {
    const leader = (await readCluster(lab.state))?.leader;
    if (leader === undefined || leader === before) return undefined;
    await inSession(lab.state, pool, (client) => insert(client, freshId()));
    return leader;
  });

describe('the cluster of level 4', () => {
  it('shows who leads, who confirms, the timeline and the lag, and no secret', async () => {
    const status = await labStatus(lab.state);
    const table = statusTable(status);
    expect(status.cluster).toEqual({
      leader: first,
      synchronous: [await synchronous()],
      timeline: expect.any(Number),
      paused: false,
    });
    expect(table).toMatch(/^pg-1 leads on timeline \d+; synchronous: pg-2$/m);
    expect(table).toMatch(/^pg-\d +synchronous standby +\d+ +pg-1 +\d+ B/m);
    expect(table).not.toContain('below');
    for (const { node, ready } of status.nodes) expect(ready, node).toBe(true);
    for (const secret of Object.values(lab.state.secrets))
      expect(JSON.stringify(status)).not.toContain(secret);
  });

  it('takes writes where the router leads, and reads where they say', async () => {
    const behind = async (database: string) => {
      const client = new pg.Client({
        host: '127.0.0.1',
        port: listenPort(lab.state, pool, 'sql'),
        user: 'shop',
        password: lab.state.secrets.postgresPassword,
        database,
      });
      await client.connect();
      const { rows } = await client.query(
        'SELECT inet_server_port() AS port, pg_is_in_recovery() AS standby',
      );
      await client.end();
      return rows[0];
    };
    const port = (node: string) => listenPort(lab.state, node, 'sql');
    expect(await behind('shop')).toEqual({ port: port(first), standby: false });
    for (const node of servers) {
      expect(await behind(databaseOf(node))).toEqual({ port: port(node), standby: node !== first });
    }
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

describe('when the leader goes', () => {
  it('by kill -9, its synchronous standby takes over with all that was acknowledged, and it comes back as a standby', async () => {
    const before = (await stateNow(lab.state)).promotions.length;
    const heir = await synchronous();
    const writer = startWriter(lab.state, pool);
    await eventually('it writes', async () => (writer.acknowledged.length > 20 ? true : undefined));
    await lab.control.apply({ kind: 'node-kill', node: first });
    expect(await newLeader(first)).toBe(heir);
    await writer.stop();
    const kept = await idsOn(lab.state, heir ?? '');
    expect(writer.acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);

    // The new leader writes its history down at its next look.
    const after = await eventually('the change is in the history', async () => {
      const now = await stateNow(lab.state);
      return now.promotions.length > before ? now : undefined;
    });
    expect(after.primary).toBe(heir);
    expect(after.promotions.slice(before)).toMatchObject([{ from: first, to: heir }]);

    await lab.control.undo({ kind: 'node-start', node: first });
    expect(await readServer(lab.state, first)).toMatchObject({ role: 'standby', streamsFrom: heir });
    await promote(lab.state, first);
  });

  it('into isolation with its clients, and cannot give up its place, none of their writes is acknowledged, and all are listed before they are thrown away', async () => {
    const others = servers.filter((node) => node !== first);
    const cut = [
      ...[1, 2, 3].map((member) => `${first}:etcd-${member}`),
      ...others
        .flatMap((node) => [`${node}:${first}`, `${first}:${node}`])
        .flatMap((edge) => [edge, `${edge}/rest`]),
    ];
    const [before, after] = [await session(lab.state, first), await session(lab.state, first)];
    const writer = startWriter(lab.state, first);
    await eventually('it writes', async () => (writer.acknowledged.length > 20 ? true : undefined));
    // Otherwise it ends its clients' sessions seconds after the cut, or before it, as the machine has it.
    process.kill(await patroniOf(first), 'SIGSTOP');
    for (const edge of cut) await lab.control.apply({ kind: 'edge-disable', edge });
    const [alone, late] = [freshId(), freshId()];
    const backend = await pidOf(before);
    const told = insert(before, alone).catch(() => 'never');
    await eventually('it waits for a standby', () => waits(backend));

    const leader = await newLeader(first);
    const promotedAt = await eventually('the change is in the history', async () => {
      const last = (await stateNow(lab.state)).promotions.at(-1);
      return last?.to === leader ? Date.parse(last.promotedAt) : undefined;
    });
    await expect(insert(after, late)).rejects.toThrow(/timeout/i);
    await writer.stop();
    expect(await told).toBe('never');
    expect(writer.acknowledged.filter(({ at }) => at > promotedAt)).toEqual([]);

    await lab.control.healAll();
    expect(await readServer(lab.state, first)).toMatchObject({ role: 'standby', streamsFrom: leader });
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
    await promote(lab.state, first);
  });
});

describe('promote', () => {
  it('hands over to any standby without losing a write, and back', async () => {
    const writer = startWriter(lab.state, pool);
    await eventually('it writes', async () => (writer.acknowledged.length > 20 ? true : undefined));
    // The one that confirms nothing yet, so that it must do so first.
    const sync = await synchronous();
    const target = servers.find((node) => node !== first && node !== sync) ?? '';
    const steps: string[] = [];
    const promotion = await promote(lab.state, target, {
      onStep: (progress) => {
        if (progress.type === 'done') steps.push(progress.step.kind);
      },
    });
    expect(steps).toEqual(['confirm', 'switch-over']);
    expect(promotion).toMatchObject({ from: first, to: target });
    expect(await newLeader(first)).toBe(target);
    await writer.stop();
    const kept = await idsOn(lab.state, target);
    expect(writer.acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
    await lab.control.healAll();
    expect(await promote(lab.state, first)).toMatchObject({ from: target, to: first });
    await withoutChanges();
  });

  /** A server tells what it has heard at its last look, up to a second ago. */
  const withoutChanges = () =>
    eventually('the agreement is as it was', async () => {
      const answer = await fetch(`http://127.0.0.1:${listenPort(lab.state, first, 'rest')}/config`);
      const names = Object.keys((await answer.json()) as object);
      return names.includes('ttl') && !names.includes('pause') && !names.includes('synchronous_node_count')
        ? true
        : undefined;
    });

  it('is refused for the leader and for a standby that does not stream, and says what to do', async () => {
    await expect(promote(lab.state, first)).rejects.toMatchObject({ code: 'promotion-refused' });
    await lab.control.apply({ kind: 'node-kill', node: 'pg-3' });
    await eventually('Patroni has seen it', async () => {
      const refusal = await promote(lab.state, 'pg-3').catch((error: unknown) => error);
      const { message, fix } = refusal as { message: string; fix: string };
      return /pg-3 does not stream from pg-1/.test(message) && /promote pg-2 --level 4/.test(fix)
        ? true
        : undefined;
    });
  });

  it('what an operator left in the agreement is taken back by a heal', async () => {
    await changeAgreement(lab.state, first, { pause: true, synchronous_node_count: 2 });
    await eventually('it is seen', async () =>
      statusTable(await labStatus(lab.state)).includes('Patroni is paused') ? true : undefined,
    );
    await lab.control.healAll();
    await withoutChanges();
  });
});

it('the loss of a member of etcd stops nobody', async () => {
  const shop = edgeUrl(lab.state, 'client-1:edge-1');
  await lab.control.apply({ kind: 'node-kill', node: 'etcd-2' });
  await eventually('the other two agree', async () => {
    const agreeing = await askPrometheus(lab.state, 'sum(etcd_server_has_leader)');
    return agreeing[0]?.value === 2 ? true : undefined;
  });
  for (let orders = 0; orders < 5; orders++) expect((await buy(shop)).status).toBe(201);
  expect((await readCluster(lab.state))?.leader).toBe(first);
});

it('the servers of Patroni let nobody without its password change anything', async () => {
  const url = `http://127.0.0.1:${listenPort(lab.state, first, 'rest')}/switchover`;
  const body = JSON.stringify({ leader: first, candidate: await synchronous() });
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect(answer.status).toBe(401);
  const { rows } = await asSuperuser(lab.state, first, (client) =>
    client.query('SELECT DISTINCT usename FROM pg_stat_replication'),
  );
  expect(rows).toEqual([{ usename: 'replicator' }]);
});

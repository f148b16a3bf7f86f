import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrl } from './addresses.ts';
import { asSuperuser } from './replication/admin-connection.ts';
import { readServer } from './replication/read-server.ts';
import { labStatus } from './status/lab-status.ts';
import { statusTable } from './status/status-table.ts';
import { eventually } from './testing/eventually.ts';
import { roleBehind } from './testing/role-behind.ts';
import { type SharedLab, sharedLab } from './testing/shared-lab.ts';
import { databaseOf } from './wiring/pgbouncer.ts';
import { listenPort } from './wiring/ports.ts';

const standbys = ['pg-2', 'pg-3'];
const patientMs = 30_000;

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(3);
});
afterEach(() => lab.control.healAll());

const write = () =>
  asSuperuser(
    lab.state,
    'pg-1',
    (client) => client.query(`SELECT pg_logical_emit_message(true, 'test', repeat('x', 100000))`),
    patientMs,
  );

const serverOf = async (node: string) =>
  (await labStatus(lab.state)).nodes.find((one) => one.node === node)?.server;

const untilItStreams = (node: string) =>
  eventually(`${node} streams`, async () => {
    expect(await readServer(lab.state, node)).toMatchObject({ role: 'standby', streamsFrom: 'pg-1' });
    return true;
  });

describe('the servers of level 3', () => {
  it('stream by slots of their own, by a role that is no superuser', async () => {
    const question = `SELECT application_name AS node, usename AS role, state, sync_state, slot_name AS slot, active
      FROM pg_stat_replication JOIN pg_replication_slots ON active_pid = pid ORDER BY 1`;
    await eventually('both stream', async () => {
      const { rows } = await asSuperuser(lab.state, 'pg-1', (client) => client.query(question));
      expect(rows).toEqual(
        standbys.map((node) => ({
          node,
          role: 'replicator',
          state: 'streaming',
          sync_state: 'async',
          slot: node.replace('-', '_'),
          active: true,
        })),
      );
      return true;
    });
  });

  it('have a connection for who watches and who must be rewound when the shop has taken all that it may', async () => {
    const as = (user: string, password: string) => {
      const { host } = new URL(databaseUrl(lab.state));
      return `postgres://${user}:${password}@${host}/postgres`;
    };
    const open: pg.Client[] = [];
    const connect = async (connectionString: string) => {
      const client = new pg.Client({ connectionString, connectionTimeoutMillis: patientMs });
      client.on('error', () => {});
      await client.connect();
      open.push(client);
      return client;
    };
    const takeAll = async () => {
      while (open.length < 200) await connect(databaseUrl(lab.state));
    };
    try {
      await expect(takeAll()).rejects.toThrow(/remaining connection slots are reserved/);
      const { exporterPassword, postgresPassword } = lab.state.secrets;
      for (const url of [as('exporter', exporterPassword), as('replicator', postgresPassword)]) {
        const { rows } = await (await connect(url)).query('SELECT 1 AS one');
        expect(rows).toEqual([{ one: 1 }]);
      }
    } finally {
      await Promise.all(open.map((client) => client.end()));
    }
  });

  it('are reached through PgBouncer by their own names, and `shop` is the primary', async () => {
    const port = (node: string) => listenPort(lab.state, node, 'sql');
    // What an earlier promotion left in the pool is met once, and goes.
    await eventually('each leads where its name says', async () => {
      expect(await roleBehind(lab.state, 'shop')).toEqual({ port: port('pg-1'), standby: false });
      for (const node of standbys)
        expect(await roleBehind(lab.state, databaseOf(node))).toEqual({ port: port(node), standby: true });
      return true;
    });
  });

  it('show their lag while one is cut off, and it catches up when it is healed', async () => {
    const edge = 'pg-2:pg-1';
    await lab.control.apply({ kind: 'edge-disable', edge });
    await write();
    await eventually('it lags, and the other one does not', async () => {
      const status = await labStatus(lab.state);
      const server = (node: string) => status.nodes.find((one) => one.node === node)?.server;
      expect(server('pg-2')).toMatchObject({ role: 'standby', timeline: expect.any(Number) });
      expect(server('pg-2')?.streamsFrom).toBeUndefined();
      expect(server('pg-2')?.lagBytes).toBeGreaterThan(100_000);
      expect(server('pg-3')).toMatchObject({ streamsFrom: 'pg-1' });
      const table = statusTable(status);
      expect(table).toMatch(/^pg-2 +standby +\d+ +nobody +\d{6,} B/m);
      expect(table).toMatch(/^pg-1 +primary/m);
      return true;
    });

    await lab.control.undo({ kind: 'edge-restore', edge });
    await eventually('it has caught up', async () => {
      const server = await serverOf('pg-2');
      return server?.streamsFrom === 'pg-1' && server.lagBytes === 0 ? true : undefined;
    });
  });
});

describe('a standby that was killed', () => {
  it('streams again when it is started', async () => {
    await lab.control.apply({ kind: 'node-kill', node: 'pg-2' });
    await lab.control.undo({ kind: 'node-start', node: 'pg-2' });
    await untilItStreams('pg-2');
  });

  it('is copied anew when the primary no longer has the WAL that it misses', async () => {
    await lab.control.apply({ kind: 'node-kill', node: 'pg-3' });
    await asSuperuser(
      lab.state,
      'pg-1',
      async (client) => {
        const drop = `SELECT pg_drop_replication_slot('pg_3') FROM pg_replication_slots WHERE slot_name = 'pg_3' AND NOT active`;
        await eventually('the slot is free', async () =>
          (await client.query(drop)).rowCount ? true : undefined,
        );
        const old = (await client.query('SELECT pg_walfile_name(pg_current_wal_lsn()) AS file')).rows[0].file;
        await eventually('the WAL is gone', async () => {
          await write();
          await client.query('SELECT pg_switch_wal()');
          await client.query('CHECKPOINT');
          const { rowCount } = await client.query('SELECT FROM pg_ls_waldir() WHERE name = $1', [old]);
          return rowCount === 0 ? true : undefined;
        });
      },
      patientMs,
    );
    await lab.control.undo({ kind: 'node-start', node: 'pg-3' });
    await untilItStreams('pg-3');
  });
});

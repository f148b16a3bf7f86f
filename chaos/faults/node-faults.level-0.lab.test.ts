import { databaseUrl, labDown } from '@firedrill/lab';
import { readDisk } from '@firedrill/lab/control';
import { type SharedLab, sharedLab } from '@firedrill/lab/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskFull } from './disk-full.ts';
import type { Fault } from './fault.ts';
import { testNodeFault } from './testing/node-fault.ts';

const disks = ['pg-1'];
let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(1, { disks });
});
// A lab whose database has a disk of its own is no other test's.
afterAll(() => labDown({ level: 1 }));

testNodeFault({
  fault: diskFull as Fault,
  params: {},
  target: { edges: [], nodes: ['pg-1'] },
  level: 1,
  disks,
});

describe('a disk of its own', () => {
  const fill = { kind: 'disk-fill', node: 'pg-1', leaveBytes: 0 } as const;
  const free = { kind: 'disk-free', node: 'pg-1' } as const;
  const rows = `INSERT INTO filler SELECT repeat('x', 700) FROM generate_series(1, 10000)`;

  async function ask(sql: string): Promise<pg.QueryResult> {
    const client = new pg.Client({
      connectionString: databaseUrl(lab.state),
      connectionTimeoutMillis: 30_000,
    });
    client.on('error', () => {});
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      client.end().catch(() => {});
    }
  }

  const squeezed = async () => (await lab.control.read()).nodes.find(({ node }) => node === 'pg-1')?.squeezed;

  it('that is full is what PostgreSQL meets, and is no more after the undo', async () => {
    await ask('CREATE TABLE IF NOT EXISTS filler (x text)');
    expect(await squeezed()).toBe(false);
    await lab.control.apply(fill);
    expect(await squeezed()).toBe(true);
    expect(readDisk(lab.state, 'pg-1')?.freeBytes).toBe(0);
    // A table that wants to grow is refused; a server that must write its WAL goes down and comes back.
    await expect(ask(rows)).rejects.toThrow(/No space left on device|terminat|recovery|ECONNREFUSED/);
    await lab.control.undo(free);
    await lab.control.undo(free);
    expect(await squeezed()).toBe(false);
    await ask(rows);
    expect((await ask('SELECT count(*)::int AS n FROM filler')).rows).toEqual([{ n: 10_000 }]);
  });

  it('keeps the data of a node that is killed while it is full', async () => {
    await ask('TRUNCATE filler');
    await ask("INSERT INTO filler VALUES ('kept')");
    await lab.control.apply(fill);
    await lab.control.apply({ kind: 'node-kill', node: 'pg-1' });
    await lab.control.healAll();
    expect((await ask('SELECT x FROM filler')).rows).toEqual([{ x: 'kept' }]);
  });

  it('is not every node’s', async () => {
    await expect(lab.control.apply({ ...fill, node: 'payment-1' })).rejects.toMatchObject({
      code: 'fault-refused',
    });
  });
});

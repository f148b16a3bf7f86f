import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DatabaseUnavailable } from '../../src/data/database-errors.ts';
import { Deadline } from '../../src/data/deadline.ts';
import { mustCover } from '../../src/data/session/position.ts';
import { Session } from '../../src/data/session/session.ts';
import { eventually } from '../support/eventually.ts';
import { openTestDatabase } from '../support/open-test-database.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { startPostgresServer } from '../support/postgres-server.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres({ standbys: 1, synchronous: false });
});
afterAll(() => postgres.stop());

/** As the router reads what is a customer's own, for one who was told nothing yet. */
async function readOwn(url: string): Promise<unknown> {
  const database = openTestDatabase(url);
  try {
    const session = new Session('s1', undefined);
    return await database.transaction(
      Deadline.in(10_000),
      async (queries) => (await queries.rows('SELECT count(*)::int AS orders FROM customer_order'))[0],
      mustCover(session, 'replica'),
    );
  } finally {
    await database.close();
  }
}

it('a replica of nobody shows a customer nothing of their own, however complete it is', async () => {
  const name = await postgres.createShopDatabase(4);
  const [standby] = postgres.standbys;
  if (standby === undefined) throw new Error('there is one');
  await eventually(
    async () => expect(await readOwn(standby.url(name))).toEqual({ orders: 0 }),
    'it to have them',
  );
  // As Patroni starts a leader that lost its place and does not know who has it now.
  await standby.stop('SIGINT');
  await appendFile(join(standby.folder, 'data', 'postgresql.auto.conf'), "primary_conninfo = ''\n");
  const alone = await startPostgresServer(standby.folder);
  try {
    expect(await alone.run(name, 'SELECT count(*)::int AS orders FROM customer_order')).toEqual([
      { orders: 0 },
    ]);
    await expect(readOwn(alone.url(name))).rejects.toThrow(DatabaseUnavailable);
  } finally {
    await alone.stop();
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/data/database.ts';
import { DatabaseUnavailable } from '../../src/data/database-errors.ts';
import { Deadline } from '../../src/data/deadline.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { startWire, type Wire } from '../support/wire.ts';

const suite = benchSuite();
const deadlineMs = 800;
/** Where only an error may end it. */
const patient = { deadlineMs: 20_000 };
/** Of a statement that takes two minutes, on a machine that stalls for some seconds. */
const longBeforeMs = 30_000;

let database: Database | undefined;
let wire: Wire | undefined;
afterEach(async () => {
  await database?.close();
  await wire?.close();
  database = undefined;
  wire = undefined;
});

function open(
  options: { readonly port?: number; readonly size?: number; readonly deadlineMs?: number } = {},
): Database {
  const url = new URL(suite.bench.databaseUrl);
  if (options.port !== undefined) url.port = String(options.port);
  database = openDatabase({
    url: url.href,
    applicationName: 'test',
    size: options.size ?? 2,
    maxWaiting: 4,
    deadlineMs: options.deadlineMs ?? deadlineMs,
    onDeadline: () => {},
    onLostConnection: () => {},
  });
  return database;
}

const insert = `INSERT INTO cart (customer, id, lines) VALUES ('c-1', 'main', '[]')`;
const count = async (queries: { rows(sql: string): Promise<unknown[]> }) =>
  (await queries.rows('SELECT 1 FROM cart')).length;

describe('a transaction', () => {
  it('is rolled back by any error, which is passed on as it is', async () => {
    const shop = open(patient);
    const failing = shop.transaction(Deadline.in(patient.deadlineMs), async (queries) => {
      await queries.rows(insert);
      throw new RangeError('mine');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await shop.read(Deadline.in(patient.deadlineMs), count)).toBe(0);
  });

  it('that takes too long is given up on time with its connection, and keeps no lock', async () => {
    const shop = open({ size: 1 });
    // Connected before, so that only the work can be what takes too long.
    await eventually(() => shop.read(Deadline.in(2000), count), 'a connection');
    const startedAt = performance.now();
    const slow = shop.transaction(Deadline.in(120_000), async (queries) => {
      await queries.rows(insert);
      await queries.rows('SELECT pg_sleep(120)');
    });
    await expect(slow).rejects.toMatchObject({ name: 'DatabaseUnavailable', reason: 'deadline' });
    expect(performance.now() - startedAt).toBeLessThan(longBeforeMs);
    expect(await eventually(() => shop.read(Deadline.in(2000), count), 'a new connection')).toBe(0);
  });

  it('that did not begin leaves nothing behind, not even what was sent with its BEGIN', async () => {
    // As when somebody cancels in just that moment: of all that was sent, BEGIN alone fails.
    const spoil = (chunk: Buffer) =>
      Buffer.from(chunk.toString('latin1').replace('BEGIN', 'BEGUN'), 'latin1');
    wire = await startWire(suite.postgres.port, spoil);
    const shop = open({ ...patient, port: wire.port });
    const asked: string[] = [];
    const begun = shop.transaction(Deadline.in(patient.deadlineMs), async (queries) => {
      await queries.rows(insert);
      asked.push('more');
    });
    await expect(begun).rejects.toThrow(/BEGUN/);
    expect(asked).toEqual([]);
    expect(await shop.read(Deadline.in(patient.deadlineMs), count)).toBe(0);
  });

  it('never has more time than its request has left', async () => {
    const shop = open({ deadlineMs: 120_000 });
    const startedAt = performance.now();
    const slow = shop.read(Deadline.in(200), (queries) => queries.rows('SELECT pg_sleep(120)'));
    await expect(slow).rejects.toThrow(DatabaseUnavailable);
    expect(performance.now() - startedAt).toBeLessThan(longBeforeMs);
  });
});

it('turns callers away at once when too many wait already', async () => {
  // Time enough for all who may wait: only their number turns anybody away.
  const shop = open({ size: 1, deadlineMs: 20_000 });
  const work = () => shop.read(Deadline.in(20_000), (queries) => queries.rows('SELECT pg_sleep(0.1)'));
  // Busy is who answered lately; a database never heard of is away.
  await work();
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, work));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBe(12 - 1 - 4);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ name: 'DatabaseUnavailable', reason: 'busy' });
});

it('lets callers wait for connections that are still being made', async () => {
  const shop = open({ size: 2, deadlineMs: 20_000 });
  const work = () => shop.read(Deadline.in(20_000), (queries) => queries.rows('SELECT pg_sleep(0.1)'));
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, work));
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled').length).toBe(2 + 4);
});

it('gets going on a slow network, where connecting and working together take longer than is allowed', async () => {
  wire = await startWire(suite.postgres.port, async (chunk) => {
    await sleep(160);
    return chunk;
  });
  const shop = open({ port: wire.port, deadlineMs: 3200 });
  const work = () =>
    shop.read(Deadline.in(20_000), async (queries) => {
      for (let round = 0; round < 8; round += 1) await queries.rows('SELECT 1');
    });
  await expect(work()).rejects.toThrow(DatabaseUnavailable);
  await eventually(work, 'a warm connection');
});

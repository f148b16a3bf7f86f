import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLabState } from '../control/lab-state-file.ts';
import { currentPrimary } from '../replication/joined.ts';
import { eventually } from '../testing/eventually.ts';
import { type SharedLab, sharedLab } from '../testing/shared-lab.ts';
import { readPending } from './pending.ts';
import { promote } from './promote.ts';
import { inSession, insert, makeProbeTable, probeTable } from './testing/sessions.ts';
import { expectOnePrimary } from './testing/settled.ts';
import { freshId } from './testing/writer.ts';

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(3);
  await makeProbeTable(lab.state, currentPrimary(lab.state));
});
afterAll(async () => {
  await lab.control.healAll();
  if (currentPrimary(lab.state) !== 'pg-1') await promote(lab.state, 'pg-1');
  await expectOnePrimary(lab.state, 'pg-1');
  await inSession(lab.state, 'pg-1', (client) => client.query(`DROP TABLE ${probeTable}`));
});

const promoteAndDie = async (node: string, step: string, afterMs: number): Promise<void> => {
  const script = join(import.meta.dirname, 'testing', 'promote-and-die-main.ts');
  const child = spawn(process.execPath, [script, lab.state.home, node, step, String(afterMs)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
};

/** A write through the pool, and how often it sees that row. */
const writeAndLookFor = async (id: number): Promise<readonly unknown[]> => {
  const seen = `(SELECT count(*)::int FROM ${probeTable} WHERE id = $2)`;
  const { rows } = await inSession(lab.state, 'pgbouncer-1', (client) =>
    client.query(`INSERT INTO ${probeTable} VALUES ($1, now()) RETURNING ${seen} AS kept`, [freshId(), id]),
  );
  return rows;
};

/** Kill at a step's beginning, or so many ms into it; then either the operator or the heal ends it. */
it.each([
  ['fence', 0, 'again'],
  ['fence', 15, 'heal'],
  ['catch-up', 0, 'again'],
  ['keep-wal', 0, 'heal'],
  ['promote', 0, 'heal'],
  ['promote', 60, 'again'],
  ['point-pool', 0, 'heal'],
  ['follow', 0, 'again'],
  ['record', 0, 'heal'],
  ['start-again', 0, 'again'],
  ['end', 0, 'heal'],
] as const)('kill -9 at %s + %i ms is ended by: %s', async (step, afterMs, by) => {
  const from = currentPrimary(lab.state);
  const to = from === 'pg-1' ? 'pg-2' : 'pg-1';
  const before = readLabState(lab.state.home)?.promotions.length ?? 0;
  const kept = freshId();
  await inSession(lab.state, from, (client) => insert(client, kept));

  await promoteAndDie(to, step, afterMs);
  expect(readPending(lab.state.home)).toMatchObject({ from, to });
  if (by === 'heal') await lab.control.healAll();
  else await promote(lab.state, to);

  await expectOnePrimary(lab.state, to);
  expect(readPending(lab.state.home)).toBeUndefined();
  const promotions = readLabState(lab.state.home)?.promotions ?? [];
  expect(promotions).toHaveLength(before + 1);
  expect(promotions.at(-1)).toMatchObject({ from, to });
  // Under load the pool turns a session away before it waits too long.
  const rows = await eventually('a write through the pool', () => writeAndLookFor(kept));
  expect(rows).toEqual([{ kept: 1 }]);
});

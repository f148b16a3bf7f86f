import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readJournal } from '@firedrill/chaos';
import { oncallFolder } from '@firedrill/lab';
import {
  createControl,
  labHome,
  labIdOf,
  processesOfLab,
  readLabState,
  readOwner,
  thisCheckout,
} from '@firedrill/lab/control';
import { afterAll, expect, it } from 'vitest';
import { Pager } from '../pager/pager.ts';
import { drillsIn, sealedFolder } from './drill-folders.ts';
import { readDrillJournal } from './drill-journal.ts';
import { eventsOf } from './event.ts';

const door = join(import.meta.dirname, '../../bin/drill.mjs');
/** A lab of its own, which the drill starts and its guardian must stop. */
const scope = `${process.env.FIREDRILL_LAB_SCOPE}-killed-drill`;
const env = { ...process.env, FIREDRILL_LAB_SCOPE: scope };
const labId = labIdOf(1, thisCheckout, scope);
const home = join(dirname(labHome(1)), labId);
const sealed = sealedFolder(thisCheckout, scope);
const runs = mkdtempSync(join(tmpdir(), 'firedrill-drills-'));
afterAll(() => {
  for (const path of [runs, sealed]) rmSync(path, { recursive: true, force: true });
});

function begin(...words: readonly string[]) {
  const child = spawn(process.execPath, [door, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [status]]) => ({ stdout, stderr, status: status as number | null }),
  );
}
const incidents = () => {
  const pager = Pager.open(oncallFolder(thisCheckout, scope));
  pager.refresh();
  const found = pager.incidents();
  pager.close();
  return found;
};
const journalsIn = (folder: string) => drillsIn(folder).map(({ events }) => events);

/** Of a seed whose quiet beginning is short. */
const start = (scenario: string) =>
  begin(...['start', '--scenario', scenario, '--seed', '80', '--by', 'ana', '--out', runs]);
const gone = () => [processesOfLab({ labId, home }).length, existsSync(home)];

it('kill -9 of what carries a drill out: its guardian stops the lab, nothing that was played is lost, and history says so', async () => {
  const drill = start('expired-credential');
  await expect.poll(incidents, { timeout: 240_000, interval: 250 }).toMatchObject([{ status: 'open' }]);
  const played = await begin('diagnose', '--component', 'pg-1', '--cause', 'slow', '--by', 'bob');
  expect(played).toMatchObject({ status: 0, stderr: '' });
  const guarded = readOwner(home)!;
  expect(guarded).toMatchObject({ sealed: true, ownsLab: true });

  process.kill(guarded.runner.pid, 'SIGKILL');
  const { stdout, stderr } = await drill;
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/expire|credential|toxic/i);
  const late = await begin('diagnose', '--component', 'pg-1', '--cause', 'down');
  expect(late.status).toBe(69);
  expect(late.stderr).toMatch(
    /^firedrill: the process that carried out the drill of ana at level 1 is gone: /,
  );

  await expect.poll(gone, { timeout: 20_000 }).toEqual([0, false]);
  // Told to nobody until somebody asks what became of it.
  expect(readdirSync(runs)).toEqual([]);
  expect(journalsIn(sealed).flatMap((events) => eventsOf(events, 'ended'))).toEqual([]);

  const history = await begin('history', '--out', runs);
  expect(history).toMatchObject({ status: 0, stderr: '' });
  expect(history.stdout).toMatch(
    /^\S+-drill-l1-s80 {2}level 1, ana: broken off: the process that carried it out was gone; nothing is scored\n$/,
  );
  expect(drillsIn(sealed)).toEqual([]);
  const [name = ''] = readdirSync(runs);
  const kept = readDrillJournal(join(runs, name));
  expect(eventsOf(kept, 'diagnosed')).toMatchObject([{ by: 'bob', component: 'pg-1', cause: 'slow' }]);
  const run = await readJournal(join(runs, name, 'journal.jsonl'));
  expect(run.map(({ type }) => type)).toContain('applied');
  expect(existsSync(join(runs, name, 'debrief.md'))).toBe(true);
  expect(incidents()).toMatchObject([{ status: 'resolved', resolved: { by: 'drill' } }]);
});

it('a lab that dies in the middle: it is said why, nothing is scored, and nothing is left', async () => {
  const drill = start('quiet');
  const isReady = () => journalsIn(sealed).some((events) => eventsOf(events, 'ready').length > 0);
  await expect.poll(isReady, { timeout: 240_000, interval: 250 }).toBe(true);
  const lab = readLabState(home)!;
  const carrier = createControl(lab)
    .carriers()
    .find(({ name }) => name === 'process-compose');
  process.kill(carrier!.pid, 'SIGKILL');

  const { status, stdout } = await drill;
  expect(status).toBe(3);
  expect(stdout).toMatch(
    /^\n\S+ {2}level 1, ana: broken off: process-compose died; nothing is scored\nNothing was broken \(quiet\)\.\n/,
  );
  await expect.poll(gone, { timeout: 2000 }).toEqual([0, false]);
  expect(drillsIn(sealed)).toEqual([]);
  const history = await begin('history', '--out', runs);
  expect(history.stdout).toMatch(/level 1, ana: broken off: process-compose died; nothing is scored\n$/);
});

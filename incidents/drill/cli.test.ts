import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { oncallFolder } from '@firedrill/lab';
import { bootId, processEntry, thisCheckout } from '@firedrill/lab/control';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pager } from '../pager/pager.ts';
import { lab, numbered, told } from '../testing/told.ts';
import { sealedFolder } from './drill-folders.ts';
import { addEvent, readDrillJournal } from './drill-journal.ts';
import type { DrillStatus } from './status-text.ts';
import { begun, scenarioNamed } from './testing/played.ts';

const scope = `test-${process.pid}-drill`;
const sealed = sealedFolder(thisCheckout, scope);
const oncall = oncallFolder(thisCheckout, scope);
const env = { ...process.env, FIREDRILL_LAB_SCOPE: scope, USER: 'ana' };
const door = join(import.meta.dirname, '../../bin/drill.mjs');
const folder = join(sealed, '20261129-025900-drill-l1-s1');
let runs: string;

function drill(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [door, ...words], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}
/** While others do the same. */
async function drillBeside(...words: readonly string[]) {
  const child = spawn(process.execPath, [door, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status: Number(status), stdout, stderr };
}
const json = (...words: readonly string[]): DrillStatus => {
  const { status, stdout, stderr } = drill(...words, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
};
/** A page that has come and not ended. */
async function leavePaging(): Promise<void> {
  const now = new Date().toISOString();
  const fired = told('firing', 'page', 'CheckoutLatency', 0, { receivedAt: now, startsAt: now });
  mkdirSync(oncall, { recursive: true });
  await writeFile(join(oncall, `${lab}.jsonl`), `${JSON.stringify(numbered([fired])[0])}\n`);
}
/** As if this process carried it out, or one that is gone. */
const beginAs = (pid: number, startTime: string) =>
  addEvent(folder, () => begun(scenarioNamed('slow-provider'), { pid, startTime }, bootId()));

beforeAll(() => {
  runs = mkdtempSync(join(tmpdir(), 'firedrill-drills-'));
});
afterAll(() => {
  for (const path of [runs, sealed, oncall]) rmSync(path, { recursive: true, force: true });
});

/** In one story: each chapter needs what the one before left. */
describe('pnpm drill', { timeout: 180_000 }, () => {
  it('without one says so, and how to begin', () => {
    for (const words of [
      ['status'],
      ['hint'],
      ['resolve'],
      ['diagnose', '--component', 'pg-1', '--cause', 'down'],
    ]) {
      const { status, stdout, stderr } = drill(...words);
      expect({ status, stdout }).toEqual({ status: 69, stdout: '' });
      expect(stderr).toMatch(/^firedrill: no drill is under way: begin one with `pnpm drill start`.*\n$/);
    }
    expect(drill('history', '--out', runs).stdout).toBe('no drill was held yet: `pnpm drill start`\n');
  });

  it('while one is under way says what those who play know, and nothing of what is hidden', async () => {
    mkdirSync(folder, { recursive: true });
    const self = processEntry(process.pid)!;
    await beginAs(self.pid, self.startTime);
    const { stdout } = drill('status');
    expect(stdout).toMatch(
      /^20261129-025900-drill-l1-s1 {2}level 1, begun by ana at .*: the lab is being started\n$/,
    );
    const told = JSON.stringify(json('status'));
    for (const hidden of ['slow', 'payment', 'provider', 'key', 'seed']) expect(told).not.toContain(hidden);
  });

  it('a second one is refused', () => {
    const second = drill('start', '--scenario', 'quiet', '--out', runs);
    expect(second).toMatchObject({ status: 69, stdout: '' });
    expect(second.stderr).toMatch(
      /^firedrill: a drill of ana at level 1 is under way since .*\[lab-busy\]\n$/,
    );
  });

  it('takes a diagnosis, refuses what cannot be said, and hints at nothing before a page', () => {
    expect(json('diagnose', '--component', 'pg-1', '--cause', 'slow', '--by', 'bob').diagnoses).toMatchObject(
      [{ by: 'bob', component: 'pg-1', cause: 'slow' }],
    );
    const wrong = drill('diagnose', '--component', 'pg-7', '--cause', 'slow');
    expect(wrong).toMatchObject({ status: 64, stdout: '' });
    expect(wrong.stderr).toMatch(/^firedrill: there is no component pg-7 \(--component\): use one of .*\n$/);
    expect(drill('hint').stderr).toContain('nothing has paged');
    expect(json('status')).toMatchObject({ hints: [], resolvedBy: null });
  });

  it('of two who resolve it at once one has, and the other is told who', async () => {
    const players = await Promise.all(
      ['bob', 'eve'].map(async (name) => ({ name, ...(await drillBeside('resolve', '--by', name)) })),
    );
    const [first, second] = players.toSorted((a, b) => a.status - b.status);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(second!.status).toBe(64);
    expect(second!.stderr).toMatch(
      new RegExp(`^firedrill: ${first!.name} resolved it already, at [^\\n]*\\[drill-refused\\]\\n$`),
    );
    expect(json('status').resolvedBy).toBe(first!.name);
  });

  it('one whose process is gone is over: it is kept, said to be broken off, and not scored', async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await beginAs(process.pid, '0');
    await addEvent(folder, () => ({ type: 'ready', lab, home: folder }));
    await leavePaging();
    const gone = drill('diagnose', '--component', 'pg-1', '--cause', 'down');
    expect(gone).toMatchObject({ status: 69, stdout: '' });
    expect(gone.stderr).toMatch(
      /^firedrill: the process that carried out the drill of ana at level 1 is gone: .*`pnpm drill history`.*\n$/,
    );

    const looks = await Promise.all([1, 2].map(() => drillBeside('history', '--out', runs)));
    for (const look of looks) {
      expect(look).toEqual({
        status: 0,
        stdout:
          '20261129-025900-drill-l1-s1  level 1, ana: broken off: the process that carried it out was gone; nothing is scored\n',
        stderr: '',
      });
    }
    const kept = readDrillJournal(join(runs, '20261129-025900-drill-l1-s1'));
    expect(kept.filter(({ type }) => type === 'ended')).toHaveLength(1);
    expect(existsSync(folder)).toBe(false);
    // What it paged for rings no more.
    const pager = Pager.open(oncall);
    expect(pager.incidents()).toMatchObject([{ status: 'resolved', resolved: { by: 'drill' } }]);
    pager.close();
    expect(existsSync(join(runs, '20261129-025900-drill-l1-s1', 'debrief.md'))).toBe(true);
    expect(drill('debrief', '--out', runs).stdout).toContain('The payment provider took 0.8 s longer');
    const unknown = drill('debrief', 'no-such', '--out', runs);
    expect(unknown).toMatchObject({ status: 64, stdout: '' });
    expect(unknown.stderr).toContain('use one of 20261129-025900-drill-l1-s1');
  });
});

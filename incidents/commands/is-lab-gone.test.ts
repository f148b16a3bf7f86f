import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabState, labName, oncallFolder } from '@firedrill/lab';
import { bootId, labHome, labIdOf, thisCheckout } from '@firedrill/lab/control';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pager } from '../pager/pager.ts';
import { numbered, told } from '../testing/told.ts';
import { isLabGone } from './is-lab-gone.ts';

const level = 1;
const startedAt = '2026-11-23T08:59:00.000Z';
const oncallProgram = join(import.meta.dirname, '../../bin/oncall.mjs');
const scope = `test-${process.pid}-gone`;
const id = '20261123-090005-l1';

let folder: string;
let alive: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-gone-'));
  // Labs lie below it: none of this machine's is seen.
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('FIREDRILL_LAB_SCOPE', scope);
  mkdirSync(labHome(level), { recursive: true });
});
afterEach(async () => {
  await end();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  rmSync(oncallFolder(thisCheckout, scope), { recursive: true, force: true });
});

const name = () => labName({ labId: labIdOf(level), startedAt });
const incident = () => ({ lab: name(), level });

/** A lab at whose process-compose nobody listens. */
function describeLab(change: Partial<LabState> = {}): void {
  const state: LabState = {
    ...{ labId: labIdOf(level), level, runtime: 'native', clock: 'drill', home: labHome(level) },
    ...{ checkout: thisCheckout, scope, startedAt, bootId: bootId() },
    ...{ nodes: {}, probes: {}, edges: {}, primary: 'pg-1', promotions: [], toxiproxyPort: 1024 },
    processComposeSocket: join(labHome(level), 'pc.sock'),
    secrets: {
      ...{ postgresPassword: '', exporterPassword: '', receiverToken: '' },
      ...{ paymentToken: '', adminToken: '', patroniPassword: '' },
    },
    ...change,
  };
  writeFileSync(join(labHome(level), 'lab.json'), JSON.stringify(state));
}

/** One process of it lives. */
async function live(labId = labIdOf(level)): Promise<void> {
  alive = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
    env: { FIREDRILL_LAB: labId },
    stdio: 'ignore',
  });
  await once(alive, 'spawn');
}
async function end(): Promise<void> {
  const ended = alive;
  alive = undefined;
  if (ended === undefined) return;
  ended.kill('SIGKILL');
  await once(ended, 'exit');
}

describe('a lab', () => {
  it('that does not answer is not gone while a process of it lives', async () => {
    describeLab();
    await live();
    expect(isLabGone(incident())).toBe(false);
    await end();
    expect(isLabGone(incident())).toBe(true);
  });

  it.each([
    ['of which nothing is written down', () => {}],
    ['of another start', () => describeLab({ startedAt: '2026-11-23T10:00:00.000Z' })],
    ['of another boot', () => describeLab({ bootId: 'another' })],
  ])('%s is gone, whatever lives', async (_which, write) => {
    write();
    await live();
    expect(isLabGone(incident())).toBe(true);
  });

  it.each([
    ['whose lab.json cannot be read', () => name()],
    ['that is kept in another folder', () => '0a1b2c3d-l1-20261123T085900000Z'],
  ])('%s is gone when no process of it lives', async (_which, lab) => {
    writeFileSync(join(labHome(level), 'lab.json'), '{');
    await live(lab().replace(/-[^-]*$/, ''));
    expect(isLabGone({ lab: lab(), level })).toBe(false);
    await end();
    expect(isLabGone({ lab: lab(), level })).toBe(true);
  });
});

it('what fires in a lab that does not answer is not resolved without --force', async () => {
  describeLab();
  await live();
  const oncall = oncallFolder(thisCheckout, scope);
  mkdirSync(oncall, { recursive: true });
  const [fired] = numbered([told('firing', 'page', 'Browse', 5)]);
  writeFileSync(join(oncall, `${name()}.jsonl`), `${JSON.stringify(fired)}\n`);
  const resolve = (...words: readonly string[]) =>
    spawnSync(process.execPath, [oncallProgram, 'resolve', id, '--by', 'ana', ...words], {
      encoding: 'utf8',
    });
  const { status, stdout, stderr } = resolve();
  expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  const listed = spawnSync(process.execPath, [oncallProgram, 'list'], { encoding: 'utf8' });
  expect(listed.stdout).toMatch(/Browse, nobody has it, its lab does not answer$/m);
  expect(stderr).toMatch(/^firedrill: page Browse still fires .*--force ends it now.*\[act-refused\]\n$/);
  const pager = Pager.open(oncall);
  expect(pager.incidents()).toMatchObject([{ id, status: 'open', revision: 0 }]);
  expect(resolve('--force').status).toBe(0);
  expect(pager.find(id)).toMatchObject({ status: 'resolved', revision: 1 });
  pager.close();
});

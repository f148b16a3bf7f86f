import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Control,
  guardianPaths,
  isAlive,
  isWhole,
  type LabReading,
  labLockHeld,
  thisCheckout,
} from '@firedrill/lab/control';
import { sharedLab } from '@firedrill/lab/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readJournal } from '../journal/journal-reader.ts';
import { watchStandstill } from './testing/standstill.ts';
import { quickDrop, type StartedRun, startRun, until } from './testing/started-run.ts';

/** The promise. */
const healedWithinMs = 5000;
/** Start-up of npx, pnpm, node, the first scrape and the control phase, on a busy machine. */
const injectedWithinMs = 90_000;

let home: string;
let labId: string;
let control: Control;
let run: StartedRun | undefined;

beforeAll(async () => {
  const lab = await sharedLab(1);
  home = lab.state.home;
  labId = lab.state.labId;
  control = lab.control;
});
afterEach(async () => {
  run?.close();
  run = undefined;
  await until('the guardian lets go', () => !labLockHeld(home), 30_000);
  await control.healAll();
});

async function inject(variant: string, effects: number): Promise<StartedRun> {
  const started = startRun([quickDrop, '--variant', variant]);
  run = started;
  await until(
    'the fault is in',
    () => {
      if (started.first.exitCode !== null) throw new Error(`the run ended: ${started.output()}`);
      return started.applied() === effects;
    },
    injectedWithinMs,
  );
  return started;
}

const whole = async (): Promise<boolean> => isWhole(await control.read());

/** Polls Toxiproxy and process-compose themselves, not what anybody says of them. */
async function expectHealed(what: string, withinMs = healedWithinMs): Promise<void> {
  const standstill = watchStandstill();
  const tookMs = await until('every edge and node is as the topology says', whole, 60_000);
  const stoodMs = standstill.stop();
  process.stderr.write(
    `healed after ${what}: ${tookMs.toFixed(0)} ms, the machine stood still for ${stoodMs.toFixed(0)} ms\n`,
  );
  expect(tookMs - stoodMs).toBeLessThan(withinMs);
}

async function expectAborted(started: StartedRun): Promise<void> {
  expect(await started.exit, started.output()).toBe(3);
  const journal = await readJournal(join(started.folder() ?? '', 'journal.jsonl'));
  expect(journal.map((event) => event.type)).toContain('abort');
  const verdict = JSON.parse(readFileSync(join(started.folder() ?? '', 'verdict.json'), 'utf8')) as {
    verdict: string;
  };
  expect(verdict.verdict).toBe('aborted');
  // What was measured until then is kept.
  expect(existsSync(join(started.folder() ?? '', 'evidence', 'audit.json')), started.output()).toBe(true);
}

const stoppedNow = ({ nodes }: LabReading, name: string): boolean =>
  nodes.some(({ node, stopped }) => node === name && stopped);
const saboteurPids = (): readonly string[] =>
  spawnSync('pgrep', ['-f', 'saboteur/starve-main.ts'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(
      (pid) =>
        pid !== '' && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`FIREDRILL_LAB=${labId}\0`),
    );

const kill = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): boolean => process.kill(pid, signal);

describe('a fault is healed within 5 s after kill -9 of', () => {
  test('the runner while a node is dead', async () => {
    const started = await inject('kill-api', 1);
    kill(started.owner(home).runner.pid);
    await expectHealed('kill -9 of the runner, api-1 dead');
  });

  test('the guardian, by the runner, which reports an abort', async () => {
    const started = await inject('long', 2);
    kill(started.owner(home).guardian.pid);
    await expectHealed('kill -9 of the guardian');
    await expectAborted(started);
    const journal = await readJournal(join(started.folder() ?? '', 'journal.jsonl'));
    expect(journal.find((event) => event.type === 'healed')).toMatchObject({ by: 'runner' });
  });

  test('both while a saboteur holds a node, by the next command', async () => {
    const started = await inject('starve', 1);
    const { runner, guardian } = started.owner(home);
    kill(guardian.pid);
    kill(runner.pid);
    await until('both are dead', () => !isAlive(runner) && !isAlive(guardian), 5000);
    expect((await control.read()).saboteurs).toEqual(['starve payment-1']);
    await until('the node is held', async () => stoppedNow(await control.read(), 'payment-1'), 10_000);
    const heal = spawnSync(process.execPath, [join(thisCheckout, 'bin', 'chaos.mjs'), 'heal'], {
      encoding: 'utf8',
    });
    expect(heal.stdout).toContain('had left 1 effects: healed');
    expect(await whole()).toBe(true);
  });

  test('the saboteur, which leaves its node held until the guardian heals', async () => {
    const started = await inject('starve', 1);
    await until('the node is held', async () => stoppedNow(await control.read(), 'payment-1'), 10_000);
    spawnSync('kill', ['-KILL', ...saboteurPids()]);
    await until('it is dead', async () => (await control.read()).saboteurs.length === 0, 5000);
    kill(started.owner(home).runner.pid);
    await expectHealed('kill -9 of the saboteur, then of the runner');
  });
});

test('a fault is healed at its time while another of the same name stays in', async () => {
  await inject('two-drops', 4);
  const toxics = async (edge: string) =>
    (await control.read()).edges.find((one) => one.edge === edge)?.toxics.map(({ name }) => name);
  await until('the first is healed', async () => (await toxics('api-1:pg-1'))?.length === 0, 20_000);
  expect(await toxics('api-1:payment-1')).toEqual([
    'firedrill-drop-2-upstream',
    'firedrill-drop-2-downstream',
  ]);
});

describe('a run that is stopped', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('by %s heals, reports and exits 3', async (signal) => {
    const started = await inject('long', 2);
    kill(started.owner(home).runner.pid, signal);
    await expectHealed(signal);
    await expectAborted(started);
    expect(existsSync(join(started.folder() ?? '', 'report.md'))).toBe(true);
  });

  test('by `pnpm chaos heal` is halted by its own guardian', async () => {
    const started = await inject('long', 2);
    const heal = spawnSync(process.execPath, [join(thisCheckout, 'bin', 'chaos.mjs'), 'heal'], {
      encoding: 'utf8',
    });
    expect(heal.stdout).toContain('a run was under way: halted');
    await expectHealed('`pnpm chaos heal`');
    await expectAborted(started);
  });

  test('by SIGSTOP loses its lease, and aborts when it wakes up', async () => {
    const started = await inject('long', 2);
    const { runner } = started.owner(home);
    kill(runner.pid, 'SIGSTOP');
    await expectHealed('SIGSTOP of the runner (2 s of it is the lease)');
    kill(runner.pid, 'SIGCONT');
    await expectAborted(started);
    expect(started.output()).toContain('silent for longer than its lease');
  });
});

test('a guardian that hangs is ended by the runner, which heals and reports an abort', async () => {
  const started = await inject('long', 2);
  kill(started.owner(home).guardian.pid, 'SIGSTOP');
  await expectHealed('SIGSTOP of the guardian (10 s of it is patience)', 20_000);
  await expectAborted(started);
});

test('a second run is refused and does the first no harm', async () => {
  const first = await inject('long', 2);
  const second = startRun([quickDrop]);
  try {
    expect(await second.exit).toBe(69);
    expect(second.output()).toContain('[lab-busy]');
  } finally {
    second.close();
  }
  expect(await whole()).toBe(false);
  expect(first.first.exitCode).toBe(null);
  expect(isAlive(first.owner(home).guardian)).toBe(true);
});

test('nothing of the guardian is left in a lab that is kept', async () => {
  const started = startRun([quickDrop]);
  run = started;
  expect([0, 1, 2]).toContain(await started.exit);
  const paths = guardianPaths(home);
  expect([paths.socket, paths.owner, paths.intents].filter((path) => existsSync(path))).toEqual([]);
});

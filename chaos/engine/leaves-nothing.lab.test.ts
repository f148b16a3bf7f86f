import { existsSync, readdirSync, renameSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import {
  type LabState,
  labHome,
  labIdOf,
  processesOfLab,
  readLabState,
  thisCheckout,
} from '@firedrill/lab/control';
import { afterAll, describe, expect, test } from 'vitest';
import { checkRun } from '../checks/check-run.ts';
import { quickDrop, type StartedRun, startRun, until } from '../guardian/testing/started-run.ts';
import type { Verdict } from '../report/verdict.ts';
import { exitCodes } from './exit-code.ts';
import { problemsOf } from './testing/own-lab-runs.ts';

interface OwnLab {
  readonly labId: string;
  readonly home: string;
}

const runs: StartedRun[] = [];
afterAll(() => {
  for (const run of runs) run.close();
});

/** A run with a lab of its own, which it must start and stop itself. */
function start(
  name: string,
  words: readonly string[],
): { readonly started: StartedRun; readonly lab: OwnLab } {
  // What it leaves on purpose, the pager's, goes with the scope of this run of the tests.
  const scope = `${process.env.FIREDRILL_LAB_SCOPE}-own-${name}`;
  const labId = labIdOf(1, thisCheckout, scope);
  const started = startRun([quickDrop, ...words], { env: { FIREDRILL_LAB_SCOPE: scope } });
  runs.push(started);
  return { started, lab: { labId, home: join(dirname(labHome(1)), labId) } };
}

async function stateOnceUp(started: StartedRun, { home }: OwnLab): Promise<LabState> {
  let state: LabState | undefined;
  await until(
    'the lab is being started',
    () => {
      if (started.first.exitCode !== null) throw new Error(started.output());
      state = readLabState(home);
      return state !== undefined;
    },
    180_000,
  );
  return state as LabState;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** No process, port, socket or temporary folder of this lab. */
async function expectNothingLeft(state: LabState, { labId, home }: OwnLab): Promise<number> {
  const tookMs = await until(
    'the lab is gone',
    () => processesOfLab({ labId, home }).length === 0 && !existsSync(home),
    // The guardian ends after its runner, which need not be at once.
    60_000,
  );
  const ports = [
    state.toxiproxyPort,
    ...Object.values(state.nodes).flatMap((node) => Object.values(node)),
    ...Object.values(state.edges).map((edge) => edge.listen),
  ];
  const open = await Promise.all(ports.map(async (port) => ((await listens(port)) ? [port] : [])));
  expect(open.flat()).toEqual([]);
  expect(existsSync(state.processComposeSocket)).toBe(false);
  const labs = dirname(home);
  expect(existsSync(labs) ? readdirSync(labs).filter((name) => name.includes(labId)) : []).toEqual([]);
  return tookMs;
}

describe('a run that started its lab leaves nothing behind', () => {
  test('when it does not fail', async () => {
    const { started, lab } = start('well', ['--json']);
    const state = await stateOnceUp(started, lab);
    const exit = await started.exit;
    await expectNothingLeft(state, lab);
    const { verdict, checks } = JSON.parse(started.stdout()) as Verdict;
    const notPassed = checks.filter((check) => check.verdict !== 'pass');
    // So short a run ends before a fresh alerting need have sent its first heartbeat.
    const problems = problemsOf({ checks }).filter(({ name }) => name !== 'watchdog');
    expect(problems, started.output()).toEqual([]);
    expect(verdict, started.output()).toBe(notPassed.length === 0 ? 'pass' : 'inconclusive');
    expect(exit).toBe(exitCodes[verdict]);

    // What it kept is whole, and nothing of it may go.
    const folder = started.folder() ?? '';
    const verdictOf = async (check: string) =>
      (await checkRun(folder)).checks.find(({ name }) => name === check)?.verdict;
    expect(await verdictOf('evidence')).toBe('pass');
    const evidence = join(folder, 'evidence');
    for (const file of readdirSync(evidence)) {
      renameSync(join(evidence, file), join(folder, 'gone'));
      expect(await verdictOf('evidence'), file).toBe('inconclusive');
      renameSync(join(folder, 'gone'), join(evidence, file));
    }
  });

  // Neither asks how well its users are served: they stand side by side.
  test.concurrent('when it fails', async () => {
    const { started, lab } = start('wrong', ['--variant', 'wrong', '--json']);
    const state = await stateOnceUp(started, lab);
    const exit = await started.exit;
    await expectNothingLeft(state, lab);
    const { verdict, checks } = JSON.parse(started.stdout()) as Verdict;
    const verdictOf = (name: string) => checks.find((check) => check.name === name)?.verdict;
    // A load that was late refutes nothing.
    const refuted = verdictOf('load-quality') === 'pass' ? 'fail' : 'inconclusive';
    expect(verdictOf('hypothesis'), started.output()).toBe(refuted);
    expect(verdict).toBe(refuted);
    expect(exit).toBe(exitCodes[verdict]);
  });

  test.concurrent('when its runner is killed with a fault in', async () => {
    const { started, lab } = start('killed', ['--variant', 'long']);
    const state = await stateOnceUp(started, lab);
    await until('the fault is in', () => started.applied() === 2, 180_000);
    process.kill(started.owner(lab.home).runner.pid, 'SIGKILL');
    const tookMs = await expectNothingLeft(state, lab);
    process.stderr.write(`everything gone after kill -9 of the runner: ${tookMs.toFixed(0)} ms\n`);
  });

  test('when it is stopped while the lab comes up', async () => {
    const { started, lab } = start('stopped', []);
    const state = await stateOnceUp(started, lab);
    started.first.kill('SIGTERM');
    expect(await started.exit, started.output()).toBe(3);
    await expectNothingLeft(state, lab);
  });
});

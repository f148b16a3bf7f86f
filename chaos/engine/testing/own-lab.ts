import { existsSync, readdirSync } from 'node:fs';
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
import { afterAll, expect } from 'vitest';
import { quickDrop, type StartedRun, startRun, until } from '../../guardian/testing/started-run.ts';

interface OwnLab {
  readonly labId: string;
  readonly home: string;
}

const runs: StartedRun[] = [];
afterAll(() => {
  for (const run of runs) run.close();
});

/** A run with a lab of its own, which it must start and stop itself. */
export function startWithOwnLab(
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

export async function stateOnceUp(started: StartedRun, { home }: OwnLab): Promise<LabState> {
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
export async function expectNothingLeft(state: LabState, { labId, home }: OwnLab): Promise<number> {
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

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { levelByNumber } from '@firedrill/topology';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { labHome } from '../../control/lab-home.ts';
import { processEntry } from '../../control/process-table.ts';
import { recoverLab } from '../../recover-lab.ts';
import { containerContext } from '../../render/compose/container-context.ts';
import { givenNode } from '../../render/compose/divergence-mounts.ts';
import { engineStandIn, holding } from '../../testing/engine-stand-in.ts';
import { wireLevel } from '../../wiring/wire-level.ts';
import { startDockerLab } from './start-docker-lab.ts';

const level = levelByNumber(1);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-start-'));
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('XDG_STATE_HOME', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
});

const marked = (name: string): boolean => existsSync(join(folder, name));

/** Puts a client first on PATH that has every image. @param script of `$*`, in a folder that it may leave marks in. */
function client(script: string): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [name, text] of [
    ['docker', `cd ${folder}\ncase "$*" in\n${script}\nesac`],
    ['npm', 'exit 0'],
  ] as const) {
    writeFileSync(join(bin, name), `#!/bin/bash\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
}

const start = (socket: string) =>
  startDockerLab(level, socket, {
    clock: 'drill',
    timers: 'supported',
    feed: 'postgres',
    onEvent: () => {},
  });

const historyFails = `run*) echo no promtool >&2; touch failed; exit 1 ;;`;

it('removes what was still being created when the quiet history failed', async () => {
  client(`${historyFails}
    *create*) until [ -e failed ]; do sleep 0.05; done; sleep 1; touch created ended ;;`);
  const project = { containers: new Set<string>(), networks: new Set<string>() };
  const { socket } = await engineStandIn((question) => {
    if (marked('created')) {
      project.containers.add('c1');
      rmSync(join(folder, 'created'));
    }
    return holding(project)(question);
  });
  await expect(start(socket)).rejects.toThrow('load the quiet history failed: no promtool');
  expect(marked('ended')).toBe(true);
  expect(project.containers).toEqual(new Set());
  expect(existsSync(labHome(1))).toBe(false);
});

it('says why it failed also where what it began cannot be removed, and leaves that to `pnpm lab down`', async () => {
  client(historyFails);
  const project = { containers: new Set<string>(), networks: new Set<string>() };
  const refused = new Set(['DELETE /networks/n1']);
  const { socket } = await engineStandIn((question) => {
    if (marked('failed')) project.networks.add('n1');
    return refused.has(question)
      ? { status: 403, body: { message: 'has active endpoints' } }
      : holding(project)(question);
  });
  await expect(start(socket)).rejects.toMatchObject({
    code: 'node-unhealthy',
    message: expect.stringMatching(/load the quiet history failed: no promtool.*has active endpoints/),
    fix: 'run `pnpm lab down`',
  });
  expect(existsSync(labHome(1))).toBe(true);
  refused.clear();
  rmSync(join(folder, 'failed'));
  expect(await recoverLab(1)).toBe(true);
  expect(project.networks).toEqual(new Set());
  expect(existsSync(labHome(1))).toBe(false);
});

it('ends the client that still starts containers before it removes them', async () => {
  client(`*up*--detach*) echo $$ >pid; touch up; exec sleep 600 ;;`);
  const context = containerContext(level, { clock: 'drill', timers: 'supported', givenNode });
  const containers = wireLevel(context).map(({ name }) => name);
  const project = { containers: new Set(containers), networks: new Set<string>() };
  const living: boolean[] = [];
  const starter = () => processEntry(Number(readFileSync(join(folder, 'pid'), 'utf8')));
  onTestFinished(() => {
    const left = starter();
    if (left !== undefined) process.kill(left.pid, 'SIGKILL');
  });
  const { socket } = await engineStandIn((question) => {
    const [, id] = /^GET \/containers\/([^/]+)\/json$/.exec(question) ?? [];
    if (id !== undefined) {
      const Status = marked('up') ? 'exited' : 'created';
      return { body: { Id: id, State: { Status, Running: false, Paused: false, ExitCode: 3 } } };
    }
    if (marked('up') && question.startsWith('DELETE')) living.push(starter() !== undefined);
    if (!marked('created') && question === 'GET /containers/json') {
      // Before anything is created it has none.
      writeFileSync(join(folder, 'created'), '');
      return { body: [] };
    }
    return holding(project)(question);
  });
  await expect(start(socket)).rejects.toThrow('exit code 3');
  expect(living).toEqual(containers.map(() => false));
  expect(existsSync(labHome(1))).toBe(false);
});

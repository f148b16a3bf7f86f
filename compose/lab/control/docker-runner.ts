import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { FiredrillError } from '@firedrill/errors';
import { logPath } from '../addresses.ts';
import type { LabState } from '../state.ts';
import { dockerEngine } from './docker-engine.ts';
import { firstProcesses, processesOfNode } from './lab-processes.ts';
import type { NodeRunner } from './node-runner.ts';
import type { ProcessReport } from './process-compose.ts';
import { endProcesses, stopLab } from './stop-lab.ts';
import { toxiproxyProcess } from './toxiproxy-process.ts';

const run = promisify(execFile);

const goneWithinMs = 10_000;
const revivesWithinMs = 30_000;
/** It is wanted most where the engine answers nothing. */
const logWithinMs = 10_000;

/** The engine starts, kills and pauses containers; which processes those are, the process table of this machine tells. */
export function dockerRunner(state: LabState, docker: NonNullable<LabState['docker']>): NodeRunner {
  const engine = dockerEngine(docker.socket);
  const idOf = (name: string): string => {
    const id = docker.containers[name];
    if (id !== undefined) return id;
    throw new FiredrillError('lab-not-running', `there is no container of ${name}`, {
      fix: 'run `pnpm lab down`',
    });
  };
  const held = async (): Promise<readonly string[]> =>
    (await engine.containersOf(docker.project))
      .filter((one) => one.state === 'paused')
      .map((one) => one.service);
  const runner: NodeRunner = {
    async answers() {
      // There is none yet while the lab is being made, and for good when that was cut off.
      const id = docker.containers[toxiproxyProcess];
      if (id === undefined || !(await engine.answers())) return false;
      return (await engine.container(id).catch(() => undefined)) !== undefined;
    },
    isThere: () => engine.answers(),
    async revive() {
      const until = performance.now() + revivesWithinMs;
      while (!(await engine.answers())) {
        if (performance.now() > until) {
          throw new FiredrillError('heal-failed', 'the engine of Docker does not answer', {
            where: docker.socket,
            fix: 'start Docker, then run `pnpm lab down`',
          });
        }
        await pause(250);
      }
    },
    async process(name): Promise<ProcessReport> {
      const found = await engine.container(idOf(name));
      const ended = found === undefined || ['exited', 'dead'].includes(found.Status);
      return {
        name,
        status: ended ? 'Completed' : found.Status,
        running: found?.Running === true,
        ended,
        exitCode: found?.ExitCode ?? -1,
      };
    },
    start: (name) => engine.change(idOf(name), 'start'),
    async kill(name) {
      const until = performance.now() + goneWithinMs;
      await engine.change(idOf(name), 'kill');
      while (!(await runner.process(name)).ended || processesOfNode(state, name).length > 0) {
        if (performance.now() > until) return false;
        await pause(20);
      }
      return true;
    },
    async hold(name) {
      await engine.change(idOf(name), 'pause');
      if ((await engine.container(idOf(name)))?.Paused === true) return;
      throw new FiredrillError('control-failed', `${name} could not be held: its container does not run`);
    },
    async letRun(names) {
      const meant = (await held()).filter((name) => names.includes(name));
      await Promise.all(meant.map((name) => engine.change(idOf(name), 'unpause')));
      const left = (await held()).filter((name) => names.includes(name));
      if (left.length === 0) return;
      throw new FiredrillError('heal-failed', `still paused: ${left.join(', ')}`, {
        fix: 'run `pnpm lab down`',
      });
    },
    held,
    async bringLog(name) {
      const words = ['--host', `unix://${docker.socket}`, 'logs', '--tail', '20', idOf(name)];
      const { stdout, stderr } = await run('docker', words, {
        timeout: logWithinMs,
        killSignal: 'SIGKILL',
      }).catch(() => ({ stdout: '', stderr: '' }));
      await writeFile(logPath(state, name), `${stdout}${stderr}`, { mode: 0o600 });
    },
    carriers: () =>
      firstProcesses(processesOfNode(state, toxiproxyProcess)).map(({ pid, startTime }) => ({
        name: 'Toxiproxy',
        pid,
        startTime,
      })),
    async stopLab() {
      const { labId, home } = state;
      // Those beside the containers first: a client that still makes some, a saboteur that starts them again.
      await endProcesses({ labId, home });
      await engine.remove(docker.project);
      await stopLab({ labId, home });
    },
  };
  return runner;
}

import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { processCompose } from '../control/process-compose.ts';
import type { LabState } from '../state.ts';
import { labEnvironment } from './lab-environment.ts';
import { lastLines } from './last-lines.ts';
import { composeFile } from './write-files.ts';

/** Generous: a machine that also builds something takes seconds to start the processes. */
const startDeadlineMs = 30_000;

export const supervisorLog = (home: string): string => join(home, 'process-compose.log');

/** Starts process-compose in a session of its own: the terminal's signals do not reach the lab. */
export async function startSupervisor(state: LabState, executable: string): Promise<void> {
  const log = supervisorLog(state.home);
  const errors = openSync(`${log}.stderr`, 'a', 0o600);
  const child = spawn(
    executable,
    [
      ...['up', '--config', composeFile(state.home), '--tui=false', '--keep-project', '--disable-dotenv'],
      ...['--use-uds', '--unix-socket', state.processComposeSocket, '--log-file', log],
    ],
    { cwd: state.home, env: labEnvironment(state), detached: true, stdio: ['ignore', 'ignore', errors] },
  );
  closeSync(errors);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  child.unref();

  const supervisor = processCompose(state.processComposeSocket);
  const until = performance.now() + startDeadlineMs;
  let why = 'it did not answer';
  while (performance.now() < until) {
    if (await supervisor.answers()) return;
    const early = await Promise.race([ended, pause(50, undefined)]);
    if (early === undefined) continue;
    why = early;
    break;
  }
  const said = lastLines(log, 5).join(' | ');
  throw new FiredrillError('node-unhealthy', `process-compose did not start: ${why}: ${said}`);
}

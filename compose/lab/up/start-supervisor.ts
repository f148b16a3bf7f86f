import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { processCompose } from '../control/process-compose.ts';
import { composeFile, spawnSupervisor, supervisorLog } from '../control/supervisor.ts';
import type { LabState } from '../state.ts';
import { lastLines } from './last-lines.ts';

/** Generous: a machine that also builds something takes seconds to start the processes. */
const startDeadlineMs = 30_000;

/** Starts process-compose and waits until it answers. @throws {FiredrillError} `node-unhealthy` */
export async function startSupervisor(state: LabState, executable: string): Promise<void> {
  const child = spawnSupervisor(state, executable, composeFile(state.home));
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
  const said = lastLines(supervisorLog(state.home), 5).join(' | ');
  throw new FiredrillError('node-unhealthy', `process-compose did not start: ${why}: ${said}`);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { LabState } from '../state.ts';
import { labEnvironment } from '../up/lab-environment.ts';
import type { Carrier } from './control.ts';
import { processesOfNode } from './lab-processes.ts';
import type { ProcessCompose } from './process-compose.ts';
import { isAlive, type ProcessIdentity, processEntry } from './process-table.ts';
import { killUntilGone } from './signal.ts';
import { toxiproxyProcess } from './toxiproxy-process.ts';

/** Generous: a machine that also builds something takes seconds to start a process. */
const reviveDeadlineMs = 30_000;

/** `<home>/supervisor.json`: the process-compose of now. */
const supervisorSchema = z.object({ executable: z.string(), pid: z.number(), startTime: z.string() });
const supervisorPath = (home: string): string => join(home, 'supervisor.json');

/** `undefined` when none was started yet. */
function readSupervisor({ home }: Pick<LabState, 'home'>) {
  try {
    return supervisorSchema.parse(JSON.parse(readFileSync(supervisorPath(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether process-compose lives and is not held. It is not asked: on a busy machine it may be slow to answer. */
export function isSupervised(state: Pick<LabState, 'home'>): boolean {
  const supervisor = readSupervisor(state);
  return supervisor !== undefined && isAlive(supervisor) && processEntry(supervisor.pid)?.stopped === false;
}

export const composeFile = (home: string): string => join(home, 'process-compose.yaml');
export const supervisorLog = (home: string): string => join(home, 'process-compose.log');

/** Starts process-compose in a session of its own: the terminal's signals do not reach the lab. */
export function spawnSupervisor(state: LabState, executable: string, config: string): ChildProcess {
  const log = supervisorLog(state.home);
  const errors = openSync(`${log}.stderr`, 'a', 0o600);
  const child = spawn(
    executable,
    [
      ...['up', '--config', config, '--tui=false', '--keep-project', '--disable-dotenv'],
      ...['--use-uds', '--unix-socket', state.processComposeSocket, '--log-file', log],
    ],
    { cwd: state.home, env: labEnvironment(state), detached: true, stdio: ['ignore', 'ignore', errors] },
  );
  closeSync(errors);
  const { pid = -1, startTime = '' } = processEntry(child.pid ?? -1) ?? {};
  writeFileSync(supervisorPath(state.home), JSON.stringify({ executable, pid, startTime }), { mode: 0o600 });
  return child;
}

/** Toxiproxy and process-compose, as far as they live. */
export function carriersOf(state: LabState): readonly Carrier[] {
  const named = (name: string, { pid, startTime }: ProcessIdentity): Carrier => ({ name, pid, startTime });
  const supervisor = readSupervisor(state);
  return [
    ...(supervisor !== undefined && isAlive(supervisor) ? [named('process-compose', supervisor)] : []),
    ...processesOfNode(state, toxiproxyProcess).map((one) => named('Toxiproxy', one)),
  ];
}

/**
 * Where process-compose died or is held: another one, which starts nothing by itself. The nodes live on without the one that
 * started them; this one starts those that must come back.
 * @throws {FiredrillError} `heal-failed`
 */
export async function reviveSupervisor(state: LabState, supervisor: ProcessCompose): Promise<void> {
  if (isSupervised(state)) return;
  const { home } = state;
  const before = readSupervisor(state);
  if (before === undefined) {
    throw new FiredrillError('heal-failed', 'nobody wrote down how process-compose was started', {
      fix: 'run `pnpm lab down`',
    });
  }
  await killUntilGone(() => [before].filter(isAlive));
  rmSync(state.processComposeSocket, { force: true });
  const idle = join(home, 'process-compose.idle.yaml');
  writeFileSync(idle, idleProject(readFileSync(composeFile(home), 'utf8')), { mode: 0o600 });
  const child = spawnSupervisor(state, before.executable, idle);
  child.on('error', () => {});
  child.unref();
  const until = performance.now() + reviveDeadlineMs;
  while (performance.now() < until) {
    if (await supervisor.answers()) return;
    await pause(50);
  }
  throw new FiredrillError('heal-failed', 'process-compose was started anew but does not answer', {
    where: supervisorLog(home),
    fix: 'run `pnpm lab down`',
  });
}

/** Pure: the same project with every process left alone until it is asked for. */
export function idleProject(text: string): string {
  const project = parse(text) as { readonly processes: Readonly<Record<string, object>> };
  const processes = Object.entries(project.processes).map(([name, definition]) => {
    const { depends_on: _then, ...rest } = definition as { readonly depends_on?: object };
    return [name, { ...rest, disabled: true }] as const;
  });
  return stringify({ ...project, processes: Object.fromEntries(processes) }, { lineWidth: 0 });
}

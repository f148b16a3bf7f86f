import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { logPath } from '../../addresses.ts';
import type { LabState } from '../../state.ts';
import { labEnvironment } from '../../up/lab-environment.ts';
import type { Turn } from '../action.ts';
import { allProcesses, environmentOf, type ProcessEntry } from '../process-table.ts';
import { killUntilGone, terminate } from '../signal.ts';

/** A process of the lab that keeps a fault up for as long as it lives. */
export type Sabotage =
  | { readonly kind: 'starve'; readonly node: string; readonly share: number; readonly periodMs: number }
  | { readonly kind: 'restart-loop'; readonly node: string; readonly turns: readonly Turn[] }
  | { readonly kind: 'hang'; readonly edge: string; readonly port: number }
  | { readonly kind: 'hog'; readonly edge: string; readonly connections: number; readonly overMs?: number };

const mark = 'FIREDRILL_SABOTEUR=';
/** The name of the log that they share. */
export const saboteurLog = 'saboteur';
/** The start of a Node on a machine that stalls for some seconds. */
const readyDeadlineMs = 8000;
const graceMs = 500;

/** `starve api-1`, `hog api-1:pgbouncer-1`: one of each at a time. */
export const sabotageOf = (kind: Sabotage['kind'], place: string): string => `${kind} ${place}`;

/** The saboteurs of a lab that live, each with its name; found by their environment, so also after any crash. */
export function saboteursOf(
  lab: Pick<LabState, 'labId'>,
): readonly (ProcessEntry & { readonly name: string })[] {
  return allProcesses().flatMap((entry) => {
    const environment = environmentOf(entry.pid);
    const name = environment.find((one) => one.startsWith(mark))?.slice(mark.length);
    return name !== undefined && environment.includes(`FIREDRILL_LAB=${lab.labId}`)
      ? [{ ...entry, name }]
      : [];
  });
}

/**
 * Starts one and waits until it bites. In a session of its own, marked as the lab's: it goes with the lab, and whoever
 * heals finds it.
 * @throws {FiredrillError} `control-failed`
 */
export async function startSaboteur(state: LabState, sabotage: Sabotage): Promise<void> {
  const name = sabotageOf(sabotage.kind, 'node' in sabotage ? sabotage.node : sabotage.edge);
  const log = openSync(logPath(state, saboteurLog), 'a', 0o600);
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, `${sabotage.kind}-main.ts`),
      JSON.stringify({ home: state.home, ...sabotage }),
    ],
    {
      cwd: state.home,
      env: { ...labEnvironment(state), FIREDRILL_SABOTEUR: name },
      detached: true,
      stdio: ['ignore', 'pipe', log],
    },
  );
  closeSync(log);
  const bites = new Promise<boolean>((resolve) => {
    child.stdout?.once('data', () => resolve(true));
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(false));
  });
  const ready = await Promise.race([bites, pause(readyDeadlineMs, false, { ref: false })]);
  // Nobody reads what it says afterwards, and this process must be free to end.
  child.stdout?.destroy();
  child.unref();
  if (ready) return;
  throw new FiredrillError(
    'control-failed',
    `the saboteur "${name}" did not come up in ${readyDeadlineMs / 1000} s`,
    {
      where: logPath(state, saboteurLog),
    },
  );
}

/** Ends those with a name that is meant, else all; idempotent. @throws {FiredrillError} `heal-failed` */
export async function endSaboteurs(
  lab: Pick<LabState, 'labId'>,
  isMeant: (name: string) => boolean = () => true,
): Promise<void> {
  const find = () => saboteursOf(lab).filter(({ name }) => isMeant(name));
  if (find().length === 0) return;
  if ((await terminate(find, graceMs)) || (await killUntilGone(find, 3000))) return;
  throw new FiredrillError('heal-failed', `a saboteur outlived SIGKILL: ${find().map((one) => one.pid)}`, {
    fix: 'run `pnpm lab down`',
  });
}

import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import type { LabState } from '../state.ts';
import type { Preparation, Wired } from '../wiring/wiring.ts';
import { diskFull } from './disk.ts';
import { labEnvironment } from './lab-environment.ts';

/** Runs every process's preparations: those of one process in order, those of different processes together. */
export async function prepare(state: LabState, processes: readonly Wired[]): Promise<void> {
  await Promise.all(
    processes.map(async (wired) => {
      for (const preparation of wired.preparations) await runPreparation(state, wired.name, preparation);
    }),
  );
}

async function runPreparation(
  state: LabState,
  name: string,
  { title, argv, stdin }: Preparation,
): Promise<void> {
  const cwd = join(state.home, name);
  const shell = $({ cwd, env: labEnvironment(state), input: stdin ?? '', nothrow: true, quiet: true });
  const output = await shell`${argv}`;
  if (output.exitCode === 0) return;
  const said = `${output.stdout}\n${output.stderr}`.trim();
  if (/no space left on device/i.test(said)) throw diskFull(state.home);
  throw new FiredrillError(
    'node-unhealthy',
    `${name}: ${title} failed: ${said.split('\n').slice(-5).join(' | ')}`,
  );
}

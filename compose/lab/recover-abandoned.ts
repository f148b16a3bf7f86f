import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createControl } from './control/create-control.ts';
import { labHome } from './control/lab-home.ts';
import { takeLabLock } from './control/lab-lock.ts';
import { readLabState } from './control/lab-state-file.ts';
import { bootId, isAlive } from './control/process-table.ts';
import { stopLab } from './control/stop-lab.ts';

const identitySchema = z.object({ pid: z.number(), startTime: z.string() });

/** What a run leaves in the lab's folder while it lasts: who they are, and whether the lab goes with them. */
const ownerSchema = z.object({ ownsLab: z.boolean(), runner: identitySchema, guardian: identitySchema });

const guardianFolder = (home: string): string => join(home, 'guardian');

/**
 * After a run whose runner and guardian were both killed: takes its lab down when it was theirs, else undoes their
 * faults. Does nothing while one of them lives.
 */
export async function recoverAbandoned(level: number): Promise<'stopped' | 'healed' | undefined> {
  const home = labHome(level);
  const state = readLabState(home);
  const owner = readOwner(home);
  if (state === undefined || owner === undefined || state.bootId !== bootId()) return undefined;
  if (isAlive(owner.runner) || isAlive(owner.guardian)) return undefined;
  const release = await takeLabLock(home);
  if (release === undefined) return undefined;
  try {
    if (owner.ownsLab) {
      await stopLab(state);
      return 'stopped';
    }
    await createControl(state).healAll();
    rmSync(guardianFolder(home), { recursive: true, force: true });
    return 'healed';
  } finally {
    await release();
  }
}

function readOwner(home: string): z.infer<typeof ownerSchema> | undefined {
  try {
    const text = readFileSync(join(guardianFolder(home), 'owner.json'), 'utf8');
    return ownerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { leverPullSchema } from '@firedrill/lab';
import { z } from 'zod';
import { incidentSchema } from '../pager/incident.ts';
import { timelineSchema } from '../pager/timeline.ts';

/** `evidence/incident.json`: what the pager knew, beside the report that is made of it. */
const keptIncidentSchema = z.object({
  incident: incidentSchema,
  timeline: timelineSchema,
  /** The run that caused it; null: none is known. */
  run: z.string().nullable(),
  clock: z.enum(['drill', 'production']),
  /** Pulled around it, where no run has them; absent where its lab was gone before anybody asked. */
  levers: z.array(leverPullSchema).optional(),
});

export type KeptIncident = Readonly<z.infer<typeof keptIncidentSchema>>;

const path = (folder: string): string => join(folder, 'evidence', 'incident.json');

/**
 * Of an earlier report; `undefined` where there is none.
 * @throws {FiredrillError} `invalid-data` for one that cannot be read: without it the report would forget its run, clock and levers.
 */
export async function readKeptIncident(folder: string): Promise<KeptIncident | undefined> {
  try {
    return keptIncidentSchema.parse(JSON.parse(await readFile(path(folder), 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new FiredrillError('invalid-data', 'what an earlier report kept of its incident cannot be read', {
      where: path(folder),
      fix: 'mend it, or move it away: a report made then knows of no run and no lever that was in it; nothing was overwritten',
      cause,
    });
  }
}

/** Whole or not at all. */
export async function keepIncident(folder: string, kept: KeptIncident): Promise<void> {
  await mkdir(join(folder, 'evidence'), { recursive: true });
  const temporary = `${path(folder)}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify(kept, undefined, 1)}\n`);
  await rename(temporary, path(folder));
}

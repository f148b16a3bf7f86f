import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** Of an earlier report; `undefined` where there is none that can be read. */
export async function readKeptIncident(folder: string): Promise<KeptIncident | undefined> {
  try {
    return keptIncidentSchema.safeParse(JSON.parse(await readFile(path(folder), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export async function keepIncident(folder: string, kept: KeptIncident): Promise<void> {
  await mkdir(join(folder, 'evidence'), { recursive: true });
  await writeFile(path(folder), `${JSON.stringify(kept, undefined, 1)}\n`);
}

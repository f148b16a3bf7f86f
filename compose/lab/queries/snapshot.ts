import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';

/** One statement on one server, all of it since that server began to count. */
const statementSchema = z.strictObject({
  node: z.string(),
  queryId: z.string(),
  query: z.string(),
  calls: z.number(),
  totalMs: z.number(),
  rows: z.number(),
  /** Shared buffers of 8 kB that were looked at. */
  blocks: z.number(),
  /** How the server plans it whatever its values are; only of the one that it took most time of. */
  planned: z.strictObject({ shape: z.string(), text: z.string() }).optional(),
});

/** How a slow statement was carried out, as auto_explain wrote it down. */
const planSchema = z.strictObject({
  node: z.string(),
  queryId: z.string(),
  at: z.iso.datetime(),
  durationMs: z.number(),
  /** What was read how, in the plan's order: two plans of one shape differ in figures only. */
  shape: z.string(),
  text: z.string(),
});

/** What a lab's servers say of their statements at one moment. */
export const snapshotSchema = z.strictObject({
  labId: z.string(),
  startedAt: z.iso.datetime(),
  at: z.iso.datetime(),
  statements: z.array(statementSchema),
  plans: z.array(planSchema),
});

export type Statement = Readonly<z.infer<typeof statementSchema>>;
export type Plan = Readonly<z.infer<typeof planSchema>>;
export type Snapshot = Readonly<z.infer<typeof snapshotSchema>>;

/** In the lab's folder: what the last `pnpm lab queries` saw. */
export const lastSnapshotPath = (home: string): string => join(home, 'queries.json');

/** @throws {FiredrillError} `usage` when there is no such file, `invalid-data` when it is none of ours, or of another lab. */
export function readSnapshot(path: string, lab: Pick<Snapshot, 'labId' | 'startedAt'>): Snapshot {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FiredrillError('usage', `there is no snapshot ${path}`, { where: '--since', cause });
  }
  const fix = 'take one with `pnpm lab queries --save <file>`';
  let snapshot: Snapshot;
  try {
    snapshot = snapshotSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new FiredrillError('invalid-data', 'not a snapshot of statements', { where: path, fix, cause });
  }
  if (snapshot.labId === lab.labId && snapshot.startedAt === lab.startedAt) return snapshot;
  throw new FiredrillError(
    'invalid-data',
    'this snapshot is of another lab: its counts say nothing of this one',
    {
      where: path,
      fix,
    },
  );
}

/** Whole or not at all. */
export function writeSnapshot(path: string, snapshot: Snapshot): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(snapshot, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

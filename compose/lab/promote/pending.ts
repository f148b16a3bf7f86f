import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const pendingSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** The fenced servers that lived until then. */
  lived: z.array(z.string()),
  fencedAt: z.string().optional(),
  lsn: z.string().optional(),
  position: z.number().optional(),
  lastReplayedAt: z.string().optional(),
  promotedAt: z.string().optional(),
  timeline: z.number().int().optional(),
});

/** `<home>/promotion.json`: a promotion that was begun, and what it learnt so far. It is there until lab.json has it. */
export type Pending = Readonly<z.infer<typeof pendingSchema>>;

const pendingPath = (home: string): string => join(home, 'promotion.json');

export function readPending(home: string): Pending | undefined {
  try {
    return pendingSchema.safeParse(JSON.parse(readFileSync(pendingPath(home), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
export function writePending(home: string, pending: Pending): void {
  writeFileSync(`${pendingPath(home)}.new`, `${JSON.stringify(pending, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${pendingPath(home)}.new`, pendingPath(home));
}

export const forgetPending = (home: string): void => rmSync(pendingPath(home), { force: true });

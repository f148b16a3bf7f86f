import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LabState } from '../state.ts';
import { firstRelease } from './releases.ts';

const operationsSchema = z.strictObject({
  readOnly: z.boolean(),
  paymentFallback: z.boolean(),
  /** 0 is off. */
  shedShare: z.number().min(0).max(1),
  /** Oldest first; the last one is what runs. */
  releases: z.array(z.string()).min(1),
  /** The release that a fault rolled out, until it is healed. Everything else here is an operator's. */
  faulty: z.string().optional(),
  /** APIs that the edge sends nothing to. */
  drained: z.array(z.string()),
  /** The shop's key at the payment provider; absent: the one that the lab began with. */
  paymentKey: z.strictObject({ id: z.string(), key: z.string() }).optional(),
  /** The key whose place another one is taking: good until the APIs have the new one. */
  retiring: z.string().optional(),
});

/** What operators have set. It outlives every process of the lab but the lab itself. */
export type Operations = Readonly<z.infer<typeof operationsSchema>>;

/** A lab begins without any of it. */
export const untouched: Operations = {
  readOnly: false,
  paymentFallback: false,
  shedShare: 0,
  releases: [firstRelease],
  drained: [],
};

/** `operations.json` in the lab's folder (mode 0600: it may hold a key). */
const operationsPath = (home: string): string => join(home, 'operations.json');

export function readOperations({ home }: Pick<LabState, 'home'>): Operations {
  try {
    return operationsSchema.parse(JSON.parse(readFileSync(operationsPath(home), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return untouched;
    throw error;
  }
}

/** Whole or not at all. */
export function writeOperations({ home }: Pick<LabState, 'home'>, operations: Operations): void {
  const path = operationsPath(home);
  writeFileSync(`${path}.new`, `${JSON.stringify(operations, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export const runningRelease = ({ releases }: Operations): string => releases.at(-1) ?? firstRelease;

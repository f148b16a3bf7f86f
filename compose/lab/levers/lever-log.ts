import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import type { Lever } from './lever.ts';
import { leverAlone, leverWith } from './lever.ts';

export const leverPullSchema = leverWith({
  at: z.iso.datetime({ precision: 3 }),
  /** `refused`: it made no sense, and changed nothing. `failed`: it did not come to its end. */
  state: z.enum(['begun', 'done', 'refused', 'failed']),
  text: z.string(),
});

/** That somebody pulls a lever, or what came of it. */
export type LeverPull = Readonly<z.infer<typeof leverPullSchema>>;

const logPath = (home: string): string => join(home, 'levers.jsonl');

/** Writes down what becomes of a lever, whoever pulls it. */
export function leverLog(home: string, lever: Lever): (state: LeverPull['state'], text: string) => void {
  return (state, text) => {
    const pull = { ...leverAlone(lever), at: new Date().toISOString(), state, text };
    try {
      appendFileSync(logPath(home), `${JSON.stringify(pull)}\n`, { mode: 0o600 });
    } catch {
      // Who mends something must not be held up by a full disk.
    }
  };
}

/** Pure: how a lever ended that threw. */
export const endOf = (error: unknown): 'refused' | 'failed' =>
  error instanceof FiredrillError && error.exitCode === 64 ? 'refused' : 'failed';

/** Every lever that was pulled on a lab since it was started; a line that is still being written is left out. */
export function readLeverPulls(home: string): readonly LeverPull[] {
  let text: string;
  try {
    text = readFileSync(logPath(home), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => leverPullSchema.parse(JSON.parse(line)));
}

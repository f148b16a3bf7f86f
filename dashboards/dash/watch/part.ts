import { FiredrillError } from '@firedrill/errors';
import type { Part } from '../sight.ts';

export const nothingYet: Part<never> = { value: null, at: null, problem: null };

/** A part asked again: its new value, or the old one with the reason why there is none. Never throws. */
export async function askedAgain<Value>(
  before: Part<Value>,
  ask: () => Value | null | Promise<Value | null>,
  now: () => Date = () => new Date(),
): Promise<Part<Value>> {
  try {
    return { value: await ask(), at: now().toISOString(), problem: null };
  } catch (error) {
    return { ...before, problem: reason(error) };
  }
}

/** One line for people. */
export function reason(error: unknown): string {
  if (error instanceof FiredrillError) return error.message;
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

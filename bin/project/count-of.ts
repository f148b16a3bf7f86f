import { FiredrillError } from '@firedrill/errors';

/**
 * How often a benchmark is to measure.
 * @param word as it was typed; `undefined` where nothing was.
 * @param what is counted, e.g. `rounds`.
 * @throws {FiredrillError} `usage` for all but a whole number from 1.
 */
export function countOf(word: string | undefined, byDefault: number, what: string): number {
  const count = Number(word ?? byDefault);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new FiredrillError('usage', `not a number of ${what}: ${word}`, {
    fix: 'give a whole number from 1',
  });
}

import { FiredrillError } from '@firedrill/errors';
import type { Level } from './level.ts';
import { level1 } from './level-1.ts';
import { level2 } from './level-2.ts';
import { level3 } from './level-3.ts';
import { level4 } from './level-4.ts';

/** The levels that can be started, in order. */
export const levels: readonly Level[] = [level1, level2, level3, level4];

/** @throws {FiredrillError} `usage`, naming the level and listing those there are. */
export function levelByNumber(number: number): Level {
  const level = levels.find((candidate) => candidate.number === number);
  if (level !== undefined) return level;
  const known = levels.map((candidate) => candidate.number).join(', ');
  throw new FiredrillError('usage', `unknown level ${number}`, {
    where: '--level',
    fix: `use one of ${known}`,
  });
}

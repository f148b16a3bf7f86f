import { FiredrillError } from '@firedrill/errors';
import { levelsWithSlos } from '../catalogue.ts';

/** The levels that `--level` names: all without it. @throws {FiredrillError} `usage`. */
export function levelsOf(text: string | undefined): readonly number[] {
  if (text === undefined) return levelsWithSlos();
  if (levelsWithSlos().map(String).includes(text)) return [Number(text)];
  throw new FiredrillError('usage', `unknown level ${text}`, {
    where: '--level',
    fix: `use one of ${levelsWithSlos().join(', ')}`,
  });
}

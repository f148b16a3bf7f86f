import { FiredrillError } from '@firedrill/errors';

/** One experiment in one variant on one level with one seed. */
export interface Cell {
  /** A name, or the path of a file. */
  readonly experiment: string;
  readonly variant?: string | undefined;
  readonly level: number;
  readonly seed: number;
}

/** `lose-primary:promoted@3#1` */
export const cellName = ({ experiment, variant, level, seed }: Cell): string =>
  `${experiment}${variant === undefined ? '' : `:${variant}`}@${level}#${seed}`;

/**
 * {@link cellName} read back; the seed may be left out.
 * @throws {FiredrillError} `usage`
 */
export function parseCell(text: string, seed = 1): Cell {
  const found = /^([^:@#]+)(?::([a-z0-9-]+))?@(\d)(?:#(\d{1,9}))?$/.exec(text);
  if (found === null) {
    throw new FiredrillError('usage', `not a cell: ${text}`, {
      fix: 'write experiment@level or experiment:variant@level',
    });
  }
  const [, experiment = '', variant, level, own] = found;
  return { experiment, variant, level: Number(level), seed: own === undefined ? seed : Number(own) };
}

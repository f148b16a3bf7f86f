import { FiredrillError } from '@firedrill/errors';
import type { Target } from '../target.ts';
import { shop } from './shop.ts';

const targets: readonly Target[] = [shop];

/** @throws {FiredrillError} `usage` that lists the targets there are */
export function targetByName(name: string): Target {
  const target = targets.find((known) => known.name === name);
  if (target !== undefined) return target;
  throw new FiredrillError('usage', `unknown target ${name}`, {
    fix: `use one of ${targets.map((known) => known.name).join(', ')}`,
  });
}

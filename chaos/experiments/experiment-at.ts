import { FiredrillError } from '@firedrill/errors';
import type { Changes, ParsedExperiment } from './experiment.ts';

/** An experiment on one level, in one variant: nothing is left to be looked up. */
export type ExperimentAt = Omit<ParsedExperiment, 'byLevel' | 'variants' | 'levels'>;

/** @throws {FiredrillError} `usage`, listing the levels it can run on. */
export function requireLevel(experiment: ParsedExperiment, level: number, variant?: string): void {
  const { name } = experiment;
  const levels = levelsOf(experiment, variant);
  if (levels.includes(level)) return;
  const what = variant === undefined ? name : `${name} --variant ${variant}`;
  throw new FiredrillError('usage', `${what} does not run on level ${level}`, {
    where: '--level',
    fix: `use one of ${levels.join(', ')}`,
  });
}

/** Those that it runs on. @throws {FiredrillError} `usage` for an unknown variant. */
export const levelsOf = (experiment: ParsedExperiment, variant: string | undefined): readonly number[] =>
  variantOf(experiment, variant)?.levels ?? experiment.levels;

/** The cheapest level that it names. @throws {FiredrillError} `usage` for an unknown variant. */
export function lowestLevel(experiment: ParsedExperiment, variant?: string): number {
  return Math.min(...levelsOf(experiment, variant));
}

/**
 * Pure: what it is on a level and in a variant. The later wins: the experiment, its level's changes, the variant's, the
 * variant's on that level.
 * @throws {FiredrillError} `usage`, listing the variants there are.
 */
export function experimentAt(
  experiment: ParsedExperiment,
  level: number,
  variant: string | undefined,
): ExperimentAt {
  const changes = variantOf(experiment, variant);
  const { byLevel, variants: _variants, levels: _levels, ...base } = experiment;
  const { byLevel: ofVariant = {}, levels: _ofVariant, ...always } = changes ?? {};
  return {
    ...base,
    ...given(byLevel[level]),
    ...given(always),
    ...given(ofVariant[level]),
  };
}

const given = (changes: Changes | undefined): Partial<ExperimentAt> =>
  Object.fromEntries(Object.entries(changes ?? {}).filter(([, value]) => value !== undefined));

function variantOf(experiment: ParsedExperiment, variant: string | undefined) {
  if (variant === undefined) return undefined;
  const changes = experiment.variants[variant];
  if (changes !== undefined) return changes;
  const known = Object.keys(experiment.variants).join(', ');
  throw new FiredrillError('usage', `${experiment.name} has no variant ${variant}`, {
    where: '--variant',
    fix: known === '' ? 'leave --variant out: it has none' : `use one of ${known}`,
  });
}

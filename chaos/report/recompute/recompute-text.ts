import type { RecomputedPart } from './part.ts';

/** Shown per part; the rest are counted. */
const listed = 10;

export type Agreement = 'agrees' | 'differs' | 'incomplete';

/** Pure: a difference weighs more than what could not be looked at; only what was all compared agrees. */
export function agreementOf(parts: readonly RecomputedPart[]): Agreement {
  if (parts.some(({ differences }) => differences.length > 0)) return 'differs';
  return parts.some(({ problem }) => problem !== undefined) ? 'incomplete' : 'agrees';
}

/** 0, or as a run that fails or is inconclusive. */
export const recomputeExitCodes: Readonly<Record<Agreement, number>> = {
  agrees: 0,
  differs: 1,
  incomplete: 2,
};

/** Pure. */
export function recomputeText(run: string, parts: readonly RecomputedPart[]): string {
  const agreement = agreementOf(parts);
  const width = Math.max(...parts.map(({ what }) => what.length));
  return [
    `${agreement}  ${run}`,
    ...parts.flatMap((part) => [
      `  ${agreementOf([part]).padEnd(10)}  ${part.what.padEnd(width)}  ${part.compared}, from ${part.from}`,
      ...(part.problem === undefined ? [] : [`    not all of it: ${part.problem}`]),
      ...part.differences.slice(0, listed).map((one) => `    ${one}`),
      ...(part.differences.length > listed ? [`    and ${part.differences.length - listed} more`] : []),
    ]),
  ].join('\n');
}

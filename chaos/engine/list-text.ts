import type { ParsedExperiment } from '../experiments/experiment.ts';
import type { Fault } from '../faults/index.ts';

/** Pure: what `pnpm chaos list` prints. */
export function listText(experiments: readonly ParsedExperiment[], faults: readonly Fault[]): string {
  const width =
    Math.max(...experiments.map((one) => one.name.length), ...faults.map((one) => one.name.length)) + 2;
  const levelWidth = Math.max(...experiments.map((one) => `level ${one.levels.join(', ')}`.length)) + 2;
  const experimentLines = experiments.map((one) => {
    const variants = Object.keys(one.variants);
    const suffix = variants.length === 0 ? '' : ` (--variant ${variants.join(' | ')})`;
    const levels = `level ${one.levels.join(', ')}`.padEnd(levelWidth);
    const atBest = one.blind.length === 0 ? '' : ' (at best inconclusive: nobody watches)';
    return `  ${one.name.padEnd(width)}${levels}${one.title}${suffix}${atBest}`;
  });
  const faultLines = faults.map((one) => `  ${one.name.padEnd(width)}${one.summary}`);
  return ['experiments', ...experimentLines, 'faults', ...faultLines, ''].join('\n');
}

import type { PathRule } from './component.ts';

/** The first thing in a program's answer that looks like a release: betas (`19beta1`) do not, and so never fit. */
export function versionIn(output: string): string | undefined {
  return /(?<![\d.])(\d+\.\d+(?:\.\d+)?)(?![\d.]*(?:alpha|beta|rc|-rc|devel))/.exec(output)?.[1];
}

/** Negative, zero or positive, number by number; a missing number counts as 0. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version found on PATH may stand in for the pinned one. */
export function fits(version: string, rule: Pick<PathRule, 'atLeast' | 'below'>): boolean {
  return compareVersions(version, rule.atLeast) >= 0 && compareVersions(version, rule.below) < 0;
}

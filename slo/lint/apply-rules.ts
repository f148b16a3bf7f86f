import type { Finding, Path } from './finding.ts';
import type { LintRule } from './rule.ts';
import type { YamlSource } from './source.ts';

/**
 * Pure: what some rules find in a file. Of a field only the first rule that finds something speaks: what the later ones say
 * follows from it, more often than not.
 */
export function applyRules<Input>(
  rules: readonly LintRule<Input>[],
  input: Input,
  source: YamlSource,
): readonly Finding[] {
  const spokenOf = new Set<string>();
  const keyOf = (path: Path): string => path.join('\n');
  return rules.flatMap(({ name, find }) => {
    const flaws = find(input).filter(({ path }) => !spokenOf.has(keyOf(path)));
    for (const { path } of flaws) spokenOf.add(keyOf(path));
    return flaws.map((flaw) => source.finding(name, flaw));
  });
}

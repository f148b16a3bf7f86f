import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';

/** Two SLOs of one name record the same series; two alerts of one name share a runbook and an inhibition. */
export const uniqueNames: LintRule<SpecToLint> = {
  name: 'unique-names',
  find: ({ spec }) => [
    ...doubles(spec.slos.map(({ name }) => name)).map((index): Flaw => {
      const { name } = spec.slos[index]!;
      return { path: ['slos', index, 'name'], problem: `${name} stands twice`, fix: 'rename one' };
    }),
    ...doubles(spec.slos.map(({ alerting }) => alerting.name)).map((index): Flaw => {
      const { name } = spec.slos[index]!.alerting;
      return {
        path: ['slos', index, 'alerting', 'name'],
        problem: `${name} stands twice`,
        fix: 'rename one',
      };
    }),
  ],
};

const doubles = (names: readonly string[]): readonly number[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));

import type { LintRule, SpecToLint } from '../rule.ts';

/** Sloth's id is service and name: an id in two files makes two sets of rules that overwrite each other. */
export const uniqueIds: LintRule<SpecToLint> = {
  name: 'unique-ids',
  find: ({ slos, takenIds }) =>
    slos.flatMap(({ id, name }, index) => {
      const other = takenIds.get(id);
      if (other === undefined) return [];
      const problem = `the id ${id} of ${name} is also in ${other}`;
      return [
        { path: ['slos', index, 'name'], problem, fix: 'rename one, or give one file its own service' },
      ];
    }),
};

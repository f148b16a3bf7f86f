import type { LintRule, SpecToLint } from '../rule.ts';

/** Who is paged finds the page's runbook by the annotation. */
export const ownRunbook: LintRule<SpecToLint> = {
  name: 'own-runbook',
  find: ({ spec }) =>
    spec.slos.flatMap(({ alerting: { name, annotations } }, index) => {
      const runbook = `runbooks/${name}.md`;
      if (annotations['runbook_url'] === runbook) return [];
      const path = ['slos', index, 'alerting', 'annotations', 'runbook_url'];
      return [{ path, problem: "does not name the alert's runbook", fix: `write ${runbook}` }];
    }),
};

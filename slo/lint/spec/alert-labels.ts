import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';

/** Without these Alertmanager cannot route an alert, and its reader does not know whose it is. */
export const alertLabels: LintRule<SpecToLint> = {
  name: 'alert-labels',
  find: ({ spec, level }) =>
    spec.slos.flatMap(({ alerting }, index): readonly Flaw[] => {
      const at = ['slos', index, 'alerting'];
      const own = level === undefined ? {} : { service: level.service, level: String(level.number) };
      const ofLevel = Object.entries(own)
        .filter(([name, value]) => alerting.labels?.[name] !== value)
        .map(([name, value]) => ({
          path: [...at, 'labels', name],
          problem: `is not ${value}`,
          fix: `write ${name}: "${value}"`,
        }));
      const ofSeverity = (['page', 'ticket'] as const)
        .filter((severity) => alerting[`${severity}_alert`].labels?.['severity'] !== severity)
        .map((severity) => ({
          path: [...at, `${severity}_alert`, 'labels', 'severity'],
          problem: `is not ${severity}, so Alertmanager would not know it`,
          fix: `write severity: ${severity}`,
        }));
      return [...ofLevel, ...ofSeverity];
    }),
};

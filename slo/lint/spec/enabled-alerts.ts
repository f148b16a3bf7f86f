import type { LintRule, SpecToLint } from '../rule.ts';

/** A disabled alert is one that everybody believes to be there. */
export const enabledAlerts: LintRule<SpecToLint> = {
  name: 'enabled-alerts',
  find: ({ spec }) =>
    spec.slos.flatMap(({ alerting }, index) =>
      (['page_alert', 'ticket_alert'] as const)
        .filter((alert) => alerting[alert].disable === true)
        .map((alert) => ({
          path: ['slos', index, 'alerting', alert, 'disable'],
          problem: 'this alert can never fire',
          fix: 'take the line out, or the SLO',
        })),
    ),
};

import { prometheusRetention } from '../../clock.ts';
import { formatDuration, parseDuration } from '../../duration.ts';
import type { LintRule, WindowsToLint } from '../rule.ts';

/** What Prometheus has thrown away is missing from the period's ratio, and the budget looks fuller than it is. */
export const keptPeriod: LintRule<WindowsToLint> = {
  name: 'kept-period',
  find: ({ windows, clock }) => {
    const retention = prometheusRetention[clock];
    if (windows.periodSeconds < parseDuration(retention)!) return [];
    return [
      {
        path: ['spec', 'sloPeriod'],
        problem: `${formatDuration(windows.periodSeconds)} is not shorter than Prometheus' retention of ${retention}`,
        fix: 'shorten the period or lengthen prometheusRetention in slo/clock.ts',
      },
    ];
  },
};

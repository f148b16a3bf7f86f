import { clientScrapeSeconds } from '../cadence.ts';
import { alertWindows } from '../windows.ts';
import type { AlertCase } from './alert-case.ts';
import { caseCounters } from './case-counters.ts';
import { promtoolFile, scrapesAtEnd, windowLengths } from './promtool-file.ts';
import type { RulesUnderTest } from './rules-under-test.ts';

/**
 * Pure: each case as a promtool test that is evaluated once, at its end, so that days take milliseconds. A file for each
 * severity, as far back as its windows reach: promtool has one evaluation interval for a file, and counts the gaps, too.
 */
export function alertTests(
  { rulesFile, groups, clock }: RulesUnderTest,
  cases: readonly AlertCase[],
): readonly string[] {
  const stepSeconds = clientScrapeSeconds[clock];
  return [...Map.groupBy(cases, ({ severity }) => severity)].map(([severity, own]) => {
    const windowSeconds = windowLengths(alertWindows(clock), severity);
    const endSeconds = Math.ceil((1.1 * Math.max(...windowSeconds)) / stepSeconds) * stepSeconds;
    const scrapes = scrapesAtEnd(endSeconds, windowSeconds, stepSeconds);
    const tests = own.map((one) => {
      const alerts = one.fires ? [...one.faults.keys()].map(({ alert }) => alert) : [];
      const expected = [{ second: endSeconds, severity, alerts }];
      return { name: one.name, scrapes, series: caseCounters(one, endSeconds), expected };
    });
    return promtoolFile({ rulesFile, groups, stepSeconds, evaluationSeconds: endSeconds, tests });
  });
}

import { predictedDetection } from '../burn-rate/detection.ts';
import { predictedReset } from '../burn-rate/reset.ts';
import { cadence, clientScrapeSeconds } from '../cadence.ts';
import type { Slo } from '../catalogue.ts';
import { alertWindows } from '../windows.ts';
import { caseCounters } from './case-counters.ts';
import { type FiringAt, promtoolFile, windowLengths } from './promtool-file.ts';
import type { RulesUnderTest } from './rules-under-test.ts';

/** Of the rules, in the test: often enough to see `keep_firing_for`, seldom enough to take seconds. */
const evaluationSeconds = 2.5;

/**
 * Pure: a quiet past and a fault on one SLO, with the rules evaluated all the way: its page fires from its detection to its
 * reset, and as long beyond it as `keep_firing_for` says, without a break. Minutes, so for the drill clock only.
 */
export function pageLife({ rulesFile, groups, clock }: RulesUnderTest, slo: Slo): string {
  const windows = alertWindows(clock);
  const { keepFiringSeconds } = cadence[clock];
  const quietSeconds = Math.max(...windowLengths(windows, 'page'));
  const fault = { errorRatio: 0.5, durationSeconds: 60, keepFiringSeconds };
  const from = quietSeconds + predictedDetection(windows, 'page', slo.errorBudget, fault)!.seconds;
  const endedAt = quietSeconds + fault.durationSeconds;
  const to = endedAt + predictedReset(windows, 'page', slo.errorBudget, fault)!;
  const endSecond = (Math.ceil(to / evaluationSeconds) + 2) * evaluationSeconds;
  const stepSeconds = clientScrapeSeconds[clock];
  const every = (step: number): readonly number[] =>
    Array.from({ length: Math.floor(endSecond / step) + 1 }, (_, index) => index * step);
  // It may come and go an evaluation late; a window's rate begins with its first scrape, so it may go a scrape early.
  const sure = every(evaluationSeconds).flatMap((second): FiringAt[] => {
    const silent = second < from || second > to + evaluationSeconds;
    const firing = second > from + evaluationSeconds && second < to - stepSeconds;
    if (!silent && !firing) return [];
    return [{ second, severity: 'page', alerts: firing ? [slo.alert] : [] }];
  });
  const past = {
    errorRatio: fault.errorRatio,
    lastedSeconds: fault.durationSeconds,
    endedSecondsAgo: endSecond - endedAt,
  };
  return promtoolFile({
    rulesFile,
    groups,
    stepSeconds,
    evaluationSeconds,
    tests: [
      {
        name: `the page of ${slo.name} through a fault`,
        scrapes: every(stepSeconds),
        series: caseCounters({ faults: new Map([[slo, past]]), evenSeconds: endSecond, turn: 0 }, endSecond),
        expected: sure,
      },
    ],
  });
}

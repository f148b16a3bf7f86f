import { type CounterTerm, readCounterTerms } from '../../catalogue/counters.ts';
import { readMatchers } from '../../catalogue/matchers.ts';
import type { LintRule, SpecToLint } from '../rule.ts';

/** All less those that came in time. The other way round it is below 0, and no alert on it can ever fire. */
export const lateAnswers: LintRule<SpecToLint> = {
  name: 'late-answers',
  find: ({ spec }) =>
    spec.slos.flatMap(({ sli: { events } }, index) => {
      const terms = readCounterTerms(events.error_query) ?? [];
      const isOfLateOnes = terms.length > 1 || terms.some(({ selector }) => metricOf(selector) === bucket);
      if (!isOfLateOnes || isDifference(terms)) return [];
      return [
        {
          path: ['slos', index, 'sli', 'events', 'error_query'],
          problem: 'is not the number of late answers',
          fix: 'write it as the rate of …_count{…} - that of …_bucket{…,le="…"} of the same requests',
        },
      ];
    }),
};

const [count, bucket] = ['client_request_duration_seconds_count', 'client_request_duration_seconds_bucket'];
const metricOf = (selector: string): string => readMatchers(selector).metric;

function isDifference([all, inTime, ...more]: readonly CounterTerm[]): boolean {
  if (all?.sign !== 1 || inTime?.sign !== -1 || more.length > 0) return false;
  if (metricOf(all.selector) !== count || metricOf(inTime.selector) !== bucket) return false;
  return requestsOf(all.selector) === requestsOf(inTime.selector);
}

/** Of which requests, whatever their duration. */
const requestsOf = (selector: string): string =>
  readMatchers(selector)
    .matchers.filter(({ label }) => label !== 'le')
    .map(({ label, operator, value }) => `${label}${operator}${value}`)
    .toSorted()
    .join('\n');

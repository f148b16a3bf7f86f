import { readCounterTerms } from '../../catalogue/counters.ts';
import { readMatchers, selectedValues } from '../../catalogue/matchers.ts';
import { clientMetrics, clientOutcomes } from '../../client-series.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { eventQueries } from './event-queries.ts';

const labels = ['job', 'instance', 'service', 'level', 'operation', 'outcome', 'le'];
const job = 'client';

/** A misspelt metric or label selects nothing, so the alert can never fire, and nobody notices. */
export const knownSeries: LintRule<SpecToLint> = {
  name: 'known-series',
  find: ({ spec }) =>
    eventQueries(spec).flatMap(({ path, query }) =>
      (readCounterTerms(query) ?? [])
        .flatMap(({ selector }) => flawOf(selector) ?? [])
        .slice(0, 1)
        .map((flaw): Flaw => ({ path, ...flaw })),
    ),
};

function flawOf(selector: string): Pick<Flaw, 'problem' | 'fix'> | undefined {
  const { metric, matchers } = readMatchers(selector);
  if (!clientMetrics.some((known) => known === metric)) {
    return { problem: `the load client has no metric ${metric}`, fix: `use ${clientMetrics.join(', ')}` };
  }
  const unknown = matchers.find(({ label }) => !labels.includes(label));
  if (unknown !== undefined) {
    return { problem: `${metric} has no label ${unknown.label}`, fix: `use ${labels.join(', ')}` };
  }
  if (selectedValues(matchers, 'job', [job]).length === 0) {
    return { problem: `selects no series of the load client`, fix: `write job="${job}"` };
  }
  if (selectedValues(matchers, 'outcome', clientOutcomes).length === 0) {
    return { problem: 'selects no outcome', fix: `use ${clientOutcomes.join(', ')}` };
  }
  return undefined;
}

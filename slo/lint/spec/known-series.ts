import { readMatchers, selectedValues } from '../../catalogue/matchers.ts';
import { clientInstance, clientMetrics, clientOutcomes } from '../../client-series.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { selectorFlaws } from './event-queries.ts';

const labels = ['job', 'instance', 'service', 'level', 'operation', 'outcome'];

/** A misspelt metric or label selects nothing, so the alert can never fire, and nobody notices. */
export const knownSeries: LintRule<SpecToLint> = {
  name: 'known-series',
  find: ({ spec, level }) => selectorFlaws(spec, (selector) => flawOf(selector, level?.number)),
};

function flawOf(selector: string, level: number | undefined): Pick<Flaw, 'problem' | 'fix'> | undefined {
  const { metric, matchers } = readMatchers(selector);
  if (!clientMetrics.some((known) => known === metric)) {
    return { problem: `the load client has no metric ${metric}`, fix: `use ${clientMetrics.join(', ')}` };
  }
  const own = metric.endsWith('_bucket') ? [...labels, 'le'] : labels;
  const unknown = matchers.find(({ label }) => !own.includes(label));
  if (unknown !== undefined) {
    return { problem: `${metric} has no label ${unknown.label}`, fix: `use ${own.join(', ')}` };
  }
  const only = [
    ['job', 'client', 'the load client'],
    ['instance', clientInstance, clientInstance],
    ...(level === undefined ? [] : [['level', String(level), `level ${level}`] as const]),
  ] as const;
  const missed = only.find(([label, value]) => selectedValues(matchers, label, [value]).length === 0);
  if (missed !== undefined) {
    const [label, value, whose] = missed;
    return { problem: `selects no series of ${whose}`, fix: `write ${label}="${value}"` };
  }
  if (selectedValues(matchers, 'outcome', clientOutcomes).length === 0) {
    return { problem: 'selects no outcome', fix: `use ${clientOutcomes.join(', ')}` };
  }
  return undefined;
}

import { readMatchers } from '../../catalogue/matchers.ts';
import { clientBucketSeconds } from '../../client-series.ts';
import { formatLe } from '../../history/quiet-history.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { selectorFlaws } from './event-queries.ts';

const stored = clientBucketSeconds.map(formatLe);

/** A bucket that is not stored selects nothing: no SLI, no alert. Prometheus 3 stores whole bounds as floats. */
export const storedBucket: LintRule<SpecToLint> = {
  name: 'stored-bucket',
  find: ({ spec }) => selectorFlaws(spec, flawOf),
};

function flawOf(selector: string): Pick<Flaw, 'problem' | 'fix'> | undefined {
  const { metric, matchers } = readMatchers(selector);
  if (!metric.endsWith('_bucket')) return undefined;
  const one = `one le="…" of ${stored.join(', ')}`;
  const [bound, ...more] = matchers.filter(({ label }) => label === 'le');
  if (bound === undefined) {
    return { problem: 'adds up all buckets, of which each holds the smaller ones, too', fix: `add ${one}` };
  }
  if (more.length > 0) return { problem: 'names more than one bucket', fix: 'write one' };
  if (bound.operator !== '=') {
    return { problem: `le${bound.operator}"${bound.value}" does not name one bucket`, fix: `write ${one}` };
  }
  if (stored.includes(bound.value)) return undefined;
  const asStored = formatLe(Number(bound.value));
  const fix = stored.includes(asStored) ? `write le="${asStored}"` : `use one of ${stored.join(', ')}`;
  return { problem: `le="${bound.value}" selects no bucket of the load client`, fix };
}

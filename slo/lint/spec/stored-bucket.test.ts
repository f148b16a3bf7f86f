import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { storedBucket } from './stored-bucket.ts';

it('finds le="1", which Prometheus 3 stores as 1.0', () => {
  expect(specFlaws(storedBucket)).toEqual([]);
  expect(specFlaws(storedBucket, ['le="0.5"', 'le="1"'])).toEqual([
    'slos.1.sli.events.error_query: le="1" selects nothing: Prometheus 3 stores whole bounds as floats: write le="1.0"',
  ]);
  expect(specFlaws(storedBucket, ['le="0.5"', 'le="1.0"'])).toEqual([]);
});

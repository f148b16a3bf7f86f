import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { storedBucket } from './stored-bucket.ts';

it('finds le="1", which Prometheus 3 stores as 1.0', () => {
  expect(specFlaws(storedBucket)).toEqual([]);
  expect(specFlaws(storedBucket, ['le="0.5"', 'le="1"'])).toEqual([
    'slos.1.sli.events.error_query: le="1" selects no bucket of the load client: write le="1.0"',
  ]);
  expect(specFlaws(storedBucket, ['le="0.5"', 'le="1.0"'])).toEqual([]);
});

it('finds a bound where no bucket ends', () => {
  expect(specFlaws(storedBucket, ['le="0.5"', 'le="0.3"'])).toEqual([
    expect.stringMatching(
      /: le="0\.3" selects no bucket of the load client: use one of 0\.005, .*, 0\.25, 0\.5, /,
    ),
  ]);
});

it.each([
  [
    'no bucket',
    ',le="0.5"',
    '',
    'adds up all buckets, of which each holds the smaller ones, too: add one le="…" of 0.005, ',
  ],
  ['a pattern', 'le="0.5"', 'le=~"0.5"', 'le=~"0.5" does not name one bucket: write one le="…" of 0.005, '],
  ['two', 'le="0.5"', 'le="0.5",le="1.0"', 'names more than one bucket: write one'],
])('finds a query that selects %s', (_what, from, to, expected) => {
  expect(specFlaws(storedBucket, [from, to])).toEqual([
    expect.stringContaining(`slos.1.sli.events.error_query: ${expected}`),
  ]);
});

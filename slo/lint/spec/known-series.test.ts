import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { knownSeries } from './known-series.ts';

it.each([
  [
    'client_requests_total',
    'client_request_total',
    'the load client has no metric client_request_total: use client_requests_total, ',
  ],
  ['outcome="bad"', 'outcom="bad"', 'client_requests_total has no label outcom: use job, '],
  ['job="client"', 'job="cleint"', 'selects no series of the load client: write job="client"'],
  ['outcome="bad"', 'outcome="baad"', 'selects no outcome: use good, bad, excluded'],
  ['outcome="bad"', 'level="2",outcome="bad"', 'selects no series of level 1: write level="1"'],
  [
    'outcome="bad"',
    'instance="client",outcome="bad"',
    'selects no series of client-1: write instance="client-1"',
  ],
  ['outcome="bad"', 'outcome="bad",le="0.5"', 'client_requests_total has no label le: use job, '],
])('finds a query that selects nothing: %s → %s', (from, to, expected) => {
  expect(specFlaws(knownSeries)).toEqual([]);
  expect(specFlaws(knownSeries, [from, to])).toEqual([
    expect.stringContaining(`slos.0.sli.events.error_query: ${expected}`),
  ]);
});

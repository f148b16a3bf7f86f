import { expect, test } from 'vitest';
import { growing } from './soak-result.ts';

const runs = (figures: readonly number[]) =>
  figures.map((rssMb) => ({ held: { 'api-1': { descriptors: 30, rssMb } } }));

test('what only fills up at first, or goes up and down, is no leak', () => {
  expect(growing(runs([50, 90, 120, 150, 155, 150, 158, 150, 160, 152]))).toEqual([]);
  expect(growing(runs([50, 90, 120, 150, 300, 150, 290, 150, 310, 152]))).toEqual([]);
});

test('what goes on growing is, by its node', () => {
  expect(growing(runs([50, 90, 120, 150, 210, 270, 330, 390, 450, 510]))).toEqual([
    'api-1: rssMb grew from 210 to 450',
  ]);
});

test('of few runs nothing is said', () => {
  expect(growing(runs([1, 1, 1, 100, 1000, 10_000]))).toEqual([]);
});

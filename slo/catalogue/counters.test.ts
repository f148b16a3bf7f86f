import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { levelsWithSlos, parseSpec, specFile } from '../catalogue.ts';
import { counterTerms } from './counters.ts';

it('reads a sum and a difference, over several lines', () => {
  expect(counterTerms('sum(rate(a_total{b="c-d"}[{{.window}}]))', 'f')).toEqual([
    { selector: 'a_total{b="c-d"}', sign: 1 },
  ]);
  expect(
    counterTerms('sum(rate(a_count{x="1"}[{{.window}}]))\n- sum(rate(a_bucket{le="0.5"}[{{.window}}]))', 'f'),
  ).toEqual([
    { selector: 'a_count{x="1"}', sign: 1 },
    { selector: 'a_bucket{le="0.5"}', sign: -1 },
  ]);
});

it('reads every committed query', () => {
  for (const level of levelsWithSlos()) {
    const text = readFileSync(join(import.meta.dirname, '..', specFile(level)), 'utf8');
    for (const { sli } of parseSpec(text, 'f').slos) {
      for (const query of Object.values(sli.events)) expect(() => counterTerms(query, 'f')).not.toThrow();
    }
  }
});

it.each(['vector(1)', 'sum(rate(a{b="c"}[5m]))', 'sum(increase(a{b="c"}[{{.window}}]))', ''])(
  'names the place of a query that it cannot count: %j',
  (query) => {
    expect(() => counterTerms(query, 'f: slos.x')).toThrow(
      expect.objectContaining({ code: 'invalid-data', where: 'f: slos.x' }),
    );
  },
);

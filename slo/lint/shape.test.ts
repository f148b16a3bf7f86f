import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { specSchema } from '../catalogue/spec.ts';
import { readShape } from './shape.ts';
import { changed, specText } from './testing/flaws.ts';

const shape = (change: readonly [string, string]) =>
  readShape(specSchema, parse(changed(specText(), change)), 'the manual');

it('finds a key that nobody reads, says which are read there, and lets the rest be linted', () => {
  const { value, flaws } = shape(['objective: 99\n', 'objective: 99\n    objectve: 98\n']);
  expect(flaws).toEqual([
    {
      path: ['slos', 0, 'objectve'],
      key: true,
      problem: 'is a key that nobody reads',
      fix: 'take it out, or write one of name, objective, description, labels, sli, alerting',
    },
  ]);
  expect(value?.slos[0]?.objective).toBe(99);
});

it('finds both halves of a misspelt page_alert, and no value', () => {
  const { value, flaws } = shape(['page_alert:', 'page_allert:']);
  expect(flaws.map(({ path }) => path.join('.')).toSorted()).toEqual([
    'slos.0.alerting.page_alert',
    'slos.0.alerting.page_allert',
  ]);
  expect(value).toBeUndefined();
});

it.each([null, [], 'text', 7])('refuses %j', (data) => {
  expect(readShape(specSchema, data, 'the manual')).toMatchObject({
    value: undefined,
    flaws: [{ path: [], fix: 'write it as the manual says' }],
  });
});

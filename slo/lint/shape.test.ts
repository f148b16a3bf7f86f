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

it('takes the one unknown key for the one that is missing beside it, and finds no value', () => {
  const { value, flaws } = shape(['page_alert:', 'page_allert:']);
  expect(flaws).toEqual([
    {
      path: ['slos', 0, 'alerting', 'page_allert'],
      key: true,
      problem: 'is a key that nobody reads',
      fix: 'write page_alert, which is missing here',
    },
  ]);
  expect(value).toBeUndefined();
});

it('does not guess where two keys are unknown', () => {
  const { flaws } = shape(['objective: 99\n', 'objectve: 98\n    objetive: 98\n']);
  expect(flaws.map(({ path, problem }) => `${path.at(-1)} ${problem}`)).toEqual([
    'objective is missing',
    'objectve is a key that nobody reads',
    'objetive is a key that nobody reads',
  ]);
});

it('says what it expected of a value', () => {
  expect(shape(['objective: 99\n', 'objective: "99"\n']).flaws).toEqual([
    {
      path: ['slos', 0, 'objective'],
      problem: 'expected number, received string',
      fix: 'write it as the manual says',
    },
  ]);
});

it.each([null, [], 'text', 7])('refuses %j', (data) => {
  expect(readShape(specSchema, data, 'the manual')).toMatchObject({
    value: undefined,
    flaws: [{ path: [], fix: 'write it as the manual says' }],
  });
});

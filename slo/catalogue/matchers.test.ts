import { expect, it } from 'vitest';
import { readMatchers, selectedValues } from './matchers.ts';

it('reads a selector', () => {
  expect(readMatchers('a_total{b="c", d=~"e|f",g!="h,\\"i"}')).toEqual({
    metric: 'a_total',
    matchers: [
      { label: 'b', operator: '=', value: 'c' },
      { label: 'd', operator: '=~', value: 'e|f' },
      { label: 'g', operator: '!=', value: 'h,\\"i' },
    ],
  });
});

it.each([
  ['{o="good"}', ['good']],
  ['{o=~"good|bad"}', ['good', 'bad']],
  ['{o!="excluded"}', ['good', 'bad']],
  ['{o!~"good|bad"}', ['excluded']],
  ['{x="good"}', ['good', 'bad', 'excluded']],
  ['{o="baad"}', []],
])('knows what %s lets through', (selector, expected) => {
  const { matchers } = readMatchers(selector);
  expect(selectedValues(matchers, 'o', ['good', 'bad', 'excluded'])).toEqual(expected);
});

import { expect, it } from 'vitest';
import { countOf } from './count-of.ts';

it('takes a whole number from 1, and the default where nothing was typed', () => {
  expect([countOf(undefined, 5, 'rounds'), countOf('1', 5, 'rounds'), countOf('20', 5, 'rounds')]).toEqual([
    5, 1, 20,
  ]);
});

it.each(['0', '-1', '1.5', 'x', ''])('refuses %j by what was typed', (word) => {
  expect(() => countOf(word, 5, 'rounds')).toThrow(`not a number of rounds: ${word}`);
});

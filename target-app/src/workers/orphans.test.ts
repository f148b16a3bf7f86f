import { expect, it } from 'vitest';
import { plausible, watchOrphans } from './orphans.ts';

it('has a charge due when it has been missed for long, round after round', () => {
  let now = 0;
  const watch = watchOrphans(100, () => now);
  const missed = (...ids: string[]) => watch.missed(new Set(ids));
  expect(missed('a')).toEqual([]);
  now = 99;
  expect(missed('a', 'b')).toEqual([]);
  now = 100;
  expect(missed('a', 'b')).toEqual(['a']);
  now = 199;
  expect(missed('a', 'b')).toEqual(['a', 'b']);
});

it('begins again with an order that was there in between', () => {
  let now = 0;
  const watch = watchOrphans(100, () => now);
  watch.missed(new Set(['a']));
  now = 90;
  watch.missed(new Set());
  now = 200;
  expect(watch.missed(new Set(['a']))).toEqual([]);
});

it('wants two rounds, however late the second one comes', () => {
  let now = 0;
  const watch = watchOrphans(0, () => now);
  expect(watch.missed(new Set(['a']))).toEqual([]);
  now = 1;
  expect(watch.missed(new Set(['a']))).toEqual(['a']);
});

it.each([
  [1, 1, true],
  [20, 20, true],
  [21, 42, true],
  [22, 42, false],
  [500, 501, false],
])('%i orphans of %i charges: plausible %s', (orphans, charges, expected) => {
  expect(plausible(orphans, charges)).toBe(expected);
});

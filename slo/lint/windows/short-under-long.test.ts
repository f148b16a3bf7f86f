import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { shortUnderLong } from './short-under-long.ts';

it.each(['7m', '6m'])('finds a short window of %s under a long one of 6m', (short) => {
  expect(windowsFlaws(shortUnderLong)).toEqual([]);
  expect(windowsFlaws(shortUnderLong, ['shortWindow: 30s', `shortWindow: ${short}`])).toEqual([
    `spec.page.slow.shortWindow: ${short} is not shorter than the long window of 6m: take about a twelfth of the long window`,
  ]);
});

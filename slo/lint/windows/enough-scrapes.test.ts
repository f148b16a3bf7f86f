import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { enoughScrapes } from './enough-scrapes.ts';

it.each([
  ['drill', '5s', '1999ms', '500ms', '2s'],
  ['production', '5m', '19s', '5s', '20s'],
] as const)('wants four scrapes in a short window, %s', (clock, from, to, scrape, least) => {
  expect(windowsFlaws(enoughScrapes, undefined, clock)).toEqual([]);
  const shown = to === '1999ms' ? '1s999ms' : to;
  expect(windowsFlaws(enoughScrapes, [`shortWindow: ${from}`, `shortWindow: ${to}`], clock)).toEqual([
    `spec.page.quick.shortWindow: ${shown} holds fewer than 4 scrapes of ${scrape}: take at least ${least}`,
  ]);
  expect(windowsFlaws(enoughScrapes, [`shortWindow: ${from}`, `shortWindow: ${least}`], clock)).toEqual([]);
});

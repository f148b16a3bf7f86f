import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { ownService } from './own-service.ts';

it("finds another level's service, which would join its rules", () => {
  expect(specFlaws(ownService)).toEqual([]);
  expect(specFlaws(ownService, ['service: shop-l1\n', 'service: shop-l2\n'])).toEqual([
    "service: shop-l2 is not level 1's service, so its rules would join another level's: write shop-l1",
  ]);
});

it('finds a service that no level has', () => {
  expect(specFlaws(ownService, ['service: shop-l1\n', 'service: blog\n'], { level: undefined })).toEqual([
    expect.stringMatching(/^service: blog is no level's service: use one of shop-l1, shop-l2/),
  ]);
});

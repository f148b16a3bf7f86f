import { acknowledgeBeforeCommit } from './acknowledge-before-commit.ts';
import type { BrokenShop } from './broken-shop.ts';
import { expiryWithoutCompareAndSet } from './expiry-without-compare-and-set.ts';
import { newProviderKeyEachRetry } from './new-provider-key-each-retry.ts';
import { noKeyCheck } from './no-key-check.ts';
import { noSweeper } from './no-sweeper.ts';
import { notFoundMeansNeverCharged } from './not-found-means-never-charged.ts';
import { stockReadThenWrite } from './stock-read-then-write.ts';

/** Each by the name that BROKEN takes. */
export const brokenShops: Readonly<Record<string, BrokenShop>> = {
  'no-key-check': noKeyCheck,
  'stock-read-then-write': stockReadThenWrite,
  'acknowledge-before-commit': acknowledgeBeforeCommit,
  'new-provider-key-each-retry': newProviderKeyEachRetry,
  'not-found-means-never-charged': notFoundMeansNeverCharged,
  'no-sweeper': noSweeper,
  'expiry-without-compare-and-set': expiryWithoutCompareAndSet,
};

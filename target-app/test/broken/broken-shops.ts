import { acknowledgeBeforeCommit } from './acknowledge-before-commit.ts';
import { asynchronousCommit } from './asynchronous-commit.ts';
import type { BrokenShop } from './broken-shop.ts';
import { cachedOrderStatus } from './cached-order-status.ts';
import { cursorOutbox } from './cursor-outbox.ts';
import { expiryWithoutCompareAndSet } from './expiry-without-compare-and-set.ts';
import { keysOfAllCustomers } from './keys-of-all-customers.ts';
import { newProviderKeyEachRetry } from './new-provider-key-each-retry.ts';
import { noKeyCheck } from './no-key-check.ts';
import { noSweeper } from './no-sweeper.ts';
import { notFoundMeansNeverCharged } from './not-found-means-never-charged.ts';
import { refundAtTodaysPrice } from './refund-at-todays-price.ts';
import { replicaReadWithoutToken } from './replica-read-without-token.ts';
import { restockOnEveryRetry } from './restock-on-every-retry.ts';
import { serverErrorKept } from './server-error-kept.ts';
import { stockReadThenWrite } from './stock-read-then-write.ts';
import { unlockedReturns } from './unlocked-returns.ts';

/** Each by the name that BROKEN takes. */
export const brokenShops: Readonly<Record<string, BrokenShop>> = {
  'no-key-check': noKeyCheck,
  'stock-read-then-write': stockReadThenWrite,
  'acknowledge-before-commit': acknowledgeBeforeCommit,
  'new-provider-key-each-retry': newProviderKeyEachRetry,
  'not-found-means-never-charged': notFoundMeansNeverCharged,
  'no-sweeper': noSweeper,
  'expiry-without-compare-and-set': expiryWithoutCompareAndSet,
  'unlocked-returns': unlockedReturns,
  'cursor-outbox': cursorOutbox,
  'cached-order-status': cachedOrderStatus,
  'keys-of-all-customers': keysOfAllCustomers,
  'refund-at-todays-price': refundAtTodaysPrice,
  'restock-on-every-retry': restockOnEveryRetry,
  'server-error-kept': serverErrorKept,
  'replica-read-without-token': replicaReadWithoutToken,
  'asynchronous-commit': asynchronousCommit,
};

import type { Scenario } from './scenario.ts';
import {
  concurrentReturns,
  crowd,
  cutThenKill,
  killAfterAnswer,
  killBeforeCommit,
  looksAgain,
  lostAnswer,
  lostPaymentAnswer,
  priceFall,
  replicaLag,
  retriedReturn,
  sameKeyOfTwo,
  slowCommit,
  slowPayment,
  stalledPayment,
} from './scenarios.ts';

/** A broken shop, how its mistake is brought to light, and the invariants that must each see it. */
export interface Mistake {
  /** As target-app/test/broken knows it. */
  readonly shop: string;
  readonly scenario: Scenario;
  readonly invariants: readonly number[];
}

export const mistakes: readonly Mistake[] = [
  { shop: 'no-key-check', scenario: lostAnswer, invariants: [1, 4] },
  { shop: 'stock-read-then-write', scenario: crowd, invariants: [6] },
  { shop: 'acknowledge-before-commit', scenario: killAfterAnswer, invariants: [1] },
  { shop: 'new-provider-key-each-retry', scenario: lostPaymentAnswer, invariants: [5] },
  { shop: 'not-found-means-never-charged', scenario: stalledPayment, invariants: [5] },
  { shop: 'no-sweeper', scenario: killBeforeCommit, invariants: [2] },
  { shop: 'expiry-without-compare-and-set', scenario: slowPayment, invariants: [5, 6] },
  { shop: 'unlocked-returns', scenario: concurrentReturns, invariants: [7] },
  { shop: 'cursor-outbox', scenario: slowCommit, invariants: [9] },
  { shop: 'cached-order-status', scenario: looksAgain, invariants: [10] },
  { shop: 'keys-of-all-customers', scenario: sameKeyOfTwo, invariants: [1, 4] },
  { shop: 'refund-at-todays-price', scenario: priceFall, invariants: [5, 7] },
  { shop: 'restock-on-every-retry', scenario: retriedReturn, invariants: [6] },
  { shop: 'server-error-kept', scenario: lostPaymentAnswer, invariants: [4] },
  { shop: 'replica-read-without-token', scenario: replicaLag, invariants: [10] },
  { shop: 'asynchronous-commit', scenario: cutThenKill, invariants: [1, 11] },
];

/** Whether one of the findings names what somebody has to look at. */
export function isNamed(findings: readonly { readonly order?: string; readonly key?: string }[]): boolean {
  return findings.some((finding) => finding.order !== undefined || finding.key !== undefined);
}

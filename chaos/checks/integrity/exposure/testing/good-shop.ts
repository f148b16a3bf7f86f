import type { Postgres } from '@firedrill/target-app/testing';
import { expect } from 'vitest';
import { play } from '../play.ts';
import type { Scenario } from '../scenario.ts';
import {
  concurrentReturns,
  cutThenKill,
  killBeforeCommit,
  lostAnswer,
  scenarios,
  slowPayment,
} from '../scenarios.ts';

/** Of each kind of bad luck one: answers, processes, payments, locks and servers that are lost or late. */
export const oneOfEachKind: readonly Scenario[] = [
  lostAnswer,
  killBeforeCommit,
  slowPayment,
  concurrentReturns,
  cutThenKill,
];
export const allOthers: readonly Scenario[] = scenarios.filter((one) => !oneOfEachKind.includes(one));

/** The good shop is never accused. @param inTurn waits until a play may begin. */
export async function expectNoAccusation(
  postgres: Postgres,
  scenario: Scenario,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const { results, orders } = await inTurn(() => play(postgres, scenario, 1));
  expect(orders).toBeGreaterThan(0);
  expect(results.flatMap((result) => [...result.violations, ...result.unresolved])).toEqual([]);
}

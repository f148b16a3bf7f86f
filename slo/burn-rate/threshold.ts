import type { WindowPair } from '../windows.ts';

/** θ = B(1−SLO): the error ratio above which a leg burns. Both windows must exceed it. */
export function threshold(pair: Pick<WindowPair, 'factor'>, errorBudget: number): number {
  return pair.factor * errorBudget;
}

/** The burn rate of an error ratio: 1 spends exactly the budget in exactly the period. */
export function burnRate(errorRatio: number, errorBudget: number): number {
  return errorRatio / errorBudget;
}

/** The share of the period's budget that is gone when a leg fires after burning at θ: B·W/period, e.g. 0.02. */
export function budgetSpentAtDetection(
  pair: Pick<WindowPair, 'factor' | 'longSeconds'>,
  periodSeconds: number,
): number {
  return (pair.factor * pair.longSeconds) / periodSeconds;
}

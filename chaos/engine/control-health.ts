import { FiredrillError } from '@firedrill/errors';
import type { Plan } from '../journal/event.ts';
import type { LoadProgress } from '../load/protocol.ts';
import { errorRatio } from './load-figures.ts';

/** Of the open pages, those that would be taken for this run's own. */
export function unexpectedPages(plan: Plan, openPages: readonly string[]): readonly string[] {
  const { allowed } = plan.alerts;
  return openPages.filter((page) => !allowed.some((one) => one.alert === page && one.severity === 'page'));
}

/**
 * A fault on top of what is broken already would prove nothing, and hurt.
 * @throws {FiredrillError} `control-failed`
 */
export function refuseSickControl(
  plan: Plan,
  latest: LoadProgress | undefined,
  openPages: readonly string[],
): void {
  if (plan.faults.length === 0) return;
  const sick = plan.hypotheses
    .filter((one) => one.phase === 'control' && one.measure === 'errorRatio' && one.atMost !== undefined)
    .flatMap((one) => {
      const ratio = latest === undefined ? undefined : errorRatio(latest, one.operation);
      if (ratio === undefined || ratio <= (one.atMost ?? 1)) return [];
      return [`${one.operation}: ${(100 * ratio).toFixed(1)} % errors without a fault`];
    });
  const pages = unexpectedPages(plan, openPages).map((page) => `${page} is open without a fault`);
  if (sick.length + pages.length > 0) {
    throw new FiredrillError(
      'control-failed',
      `the control phase is not healthy: ${[...sick, ...pages].join(', ')}`,
    );
  }
}

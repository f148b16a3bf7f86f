import { watchdogMissing } from '@firedrill/alerts';
import type { Plan } from '../journal/event.ts';
import { type AlertName, isFor } from './alert-history.ts';

/** What the experiment's contract says of an alert. `silent`: its events crossed θ, nothing fired, and nobody expected it to. */
export type Standing = 'expected' | 'allowed' | 'forbidden' | 'unexpected' | 'silent';

export interface Said {
  readonly standing: Exclude<Standing, 'silent'>;
  /** Why it is allowed, or must not come. */
  readonly reason?: string;
}

/** Pure: whatever is not named is unexpected. */
export function standingOf({ expected, forbidden, allowed }: Plan['alerts'], name: AlertName): Said {
  if (expected.some((one) => isFor(one, name))) return { standing: 'expected' };
  const not = forbidden.find((one) => isFor(one, name));
  if (not !== undefined) return { standing: 'forbidden', reason: not.reason };
  const may = allowed.find((one) => isFor(one, name));
  if (may !== undefined) return { standing: 'allowed', reason: may.reason };
  if (name.alert === watchdogMissing.alert) {
    return {
      standing: 'allowed',
      reason: "the receiver's own alert about silence; the check of the watchers judges it",
    };
  }
  return { standing: 'unexpected' };
}

import { type DrillEvent, type DrillKey, eventsOf, type Seen } from './event.ts';
import { isRightLever, isWrongLever, pulls } from './levers.ts';

/** Of the users' requests, when it was said to be over: with fewer bad ones they are served. */
export const servedBelow = 0.1;

/** Pure: whether it came to where it should. */
export function isReached(events: readonly DrillEvent[], key: DrillKey, seen: Seen): boolean {
  const done = pulls(events).filter(({ state }) => state === 'done');
  switch (key.outcome) {
    case 'recovered':
      return (
        key.levers.every((lever) => done.some(({ words }) => isRightLever(lever, words))) &&
        (seen.badRatioAfter ?? 0) <= servedBelow
      );
    case 'handed-over':
      return seen.escalatedAt !== null;
    case 'left-alone':
      return (
        eventsOf(events, 'diagnosed').some(({ cause }) => cause === 'nothing') &&
        done.every(({ words }) => !isWrongLever(key, words))
      );
  }
}

import { type DrillEvent, type DrillKey, eventsOf, type Seen } from './event.ts';
import { isRightLever, isWrongLever, type Pull, pulls, pullsInTime } from './levers.ts';

/** Of the users' requests, when it was said to be over: with fewer bad ones they are served. */
export const servedBelow = 0.1;

/** Pure: whether it came to where it should. */
export function isReached(events: readonly DrillEvent[], key: DrillKey, seen: Seen): boolean {
  const isDone = ({ state }: Pull): boolean => state === 'done';
  switch (key.outcome) {
    case 'recovered': {
      const done = pullsInTime(events, seen.injectedAt).filter(isDone);
      return (
        key.levers.every((lever) => done.some(({ words }) => isRightLever(lever, words))) &&
        seen.badRatioAfter !== null &&
        seen.badRatioAfter <= servedBelow
      );
    }
    case 'handed-over':
      return seen.escalatedAt !== null;
    case 'left-alone':
      return (
        eventsOf(events, 'diagnosed').some(({ cause }) => cause === 'nothing') &&
        pulls(events)
          .filter(isDone)
          .every(({ words }) => !isWrongLever(key, words))
      );
  }
}

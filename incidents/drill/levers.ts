import { leverOf, undoOfLever, wordsOf } from '@firedrill/lab/levers';
import { type DrillEvent, type DrillKey, eventsOf } from './event.ts';

/** One lever from its begin to its end. */
export interface Pull {
  readonly words: string;
  readonly state: 'begun' | 'done' | 'refused' | 'failed';
  readonly beganAt: string;
  /** Absent while it is under way. */
  readonly endedAt?: string;
}

/** Pure: the levers of a drill, in the order in which they were begun. */
export function pulls(events: readonly DrillEvent[]): readonly Pull[] {
  const found: Pull[] = [];
  for (const { words, state, pulledAt } of eventsOf(events, 'lever')) {
    if (state === 'begun') {
      found.push({ words, state, beganAt: pulledAt });
      continue;
    }
    const open = found.findIndex((one) => one.words === words && one.endedAt === undefined);
    const beganAt = found[open]?.beganAt ?? pulledAt;
    found.splice(open === -1 ? found.length : open, open === -1 ? 0 : 1, {
      words,
      state,
      beganAt,
      endedAt: pulledAt,
    });
  }
  return found;
}

/**
 * Pure: those that were begun when it was broken, and before anybody had said that it is over: only they can have mended it.
 * @param injectedAt null where nothing was broken.
 */
export function pullsInTime(events: readonly DrillEvent[], injectedAt: string | null): readonly Pull[] {
  const overAt = eventsOf(events, 'resolved').at(-1)?.at;
  return pulls(events).filter(
    ({ beganAt }) =>
      (injectedAt === null || beganAt >= injectedAt) && (overAt === undefined || beganAt <= overAt),
  );
}

/** Pure: whether these words are the lever that is meant; a name alone is any of its. */
export const isRightLever = (meant: string, words: string): boolean =>
  words === meant || words.split(' ')[0] === meant;

/** Pure: neither of use, nor harmless, nor the taking back of anything. */
export function isWrongLever({ levers, harmless }: DrillKey, words: string): boolean {
  if (levers.some((meant) => isRightLever(meant, words))) return false;
  return !harmless.includes(words.split(' ')[0] ?? '') && !takesBack(words);
}

/** Pure: `read-only off`, `undrain api-1`: nobody is to be afraid of them. */
function takesBack(words: string): boolean {
  const lever = leverOf(words);
  if (lever === undefined) return false;
  if (lever.lever === 'undrain') return true;
  return undoOfLever(lever) === undefined && / off$/.test(wordsOf(lever));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRepeat, type Newest } from './repeat.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
const firing = (since: number): Newest => ({ status: 'firing', startsAt: at(since) });
const resolved = (since: number, end: number): Newest => ({
  status: 'resolved',
  startsAt: at(since),
  endsAt: at(end),
});

describe('a notification is a repeat', () => {
  it.each([
    ['of what fires', firing(1), firing(1)],
    ['of what ended', resolved(1, 5), resolved(1, 5)],
    ['of an earlier time while it fires again', firing(9), firing(1)],
    ['of an earlier end while it fires again', firing(9), resolved(1, 5)],
    ['of an earlier end', resolved(9, 12), resolved(1, 5)],
  ])('%s', (_name, newest, next) => {
    expect(isRepeat(newest, next)).toBe(true);
  });

  it.each([
    ['the first', undefined, firing(1)],
    ['an end of what never fired here', undefined, resolved(1, 5)],
    ['the end of what fires', firing(1), resolved(1, 5)],
    ['what fires anew', resolved(1, 5), firing(9)],
    ['what fires again after an end that was none', resolved(1, 5), firing(1)],
    ['what began anew while the old one was open', firing(1), firing(9)],
  ])('but not %s', (_name, newest, next) => {
    expect(isRepeat(newest, next)).toBe(false);
  });
});

it('whichever deliveries come twice, what is kept is the same', () => {
  const episodes = fc.array(fc.record({ lasts: fc.integer({ min: 1, max: 5 }), ends: fc.boolean() }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(episodes, fc.infiniteStream(fc.boolean()), (all, twice) => {
      const once = all.flatMap(({ lasts, ends }, index): readonly Newest[] => {
        const since = index * 7;
        return ends ? [firing(since), resolved(since, since + lasts)] : [firing(since)];
      });
      const often = once.flatMap((one) => (twice.next().value ? [one, one] : [one]));
      const kept: Newest[] = [];
      for (const next of often) if (!isRepeat(kept.at(-1), next)) kept.push(next);
      expect(kept).toEqual(once);
    }),
  );
});

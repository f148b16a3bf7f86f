import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, formatToken, laterToken, parseToken, type Token, tokenSchema } from './token.ts';

const tokens = fc.record<Token>({
  shard: fc.constantFrom('s1', 'eu-2'),
  timeline: fc.integer({ min: 1, max: 5 }),
  lsn: fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 9n })),
  seen: fc.boolean(),
});

it('is written and read again as it was', () => {
  fc.assert(
    fc.property(tokens, (token) => {
      expect(parseToken(tokenSchema.parse(formatToken(token)))).toEqual(token);
    }),
  );
  expect(formatToken({ shard: 's1', timeline: 3, lsn: 0x1_016b_3748n, seen: true })).toBe('s1.3.1/16B3748~');
});

it.each(['', 's1.3', 's1.0.0/1', 's1.3.0/G', 's1.3.0/1~~', 'S1.3.0/1', 's1.3.0/123456789', ' s1.3.0/1'])(
  'refuses "%s"',
  (text) => expect(tokenSchema.safeParse(text).success).toBe(false),
);

describe('of two tokens', () => {
  it('the later one asks for all that the other does, whichever comes first', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const later = laterToken(a, b);
        expect([covers(later, a), covers(later, b)]).toEqual([true, true]);
        expect({ ...laterToken(b, a), shard: '' }).toEqual({ ...later, shard: '' });
      }),
    );
  });

  it('whichever is later, what one of them has only seen stays so', () => {
    const [seen, acknowledged] = [parseToken('s1.2.0/5~'), parseToken('s1.2.0/6')];
    expect(formatToken(laterToken(seen, acknowledged))).toBe('s1.2.0/6~');
    expect(formatToken(laterToken(acknowledged, seen))).toBe('s1.2.0/6~');
  });
});

it('is covered from its own place on, and by each later timeline', () => {
  const token = parseToken('s1.2.0/50');
  const at = (timeline: number, lsn: bigint) => covers({ timeline, lsn }, token);
  expect([at(2, 0x4fn), at(2, 0x50n), at(3, 0x10n), at(1, 0x999n)]).toEqual([false, true, true, false]);
});

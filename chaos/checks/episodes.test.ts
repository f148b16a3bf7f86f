import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlertNotification } from '../journal/event.ts';
import { timesTold } from './episodes.ts';

const told = (status: 'firing' | 'resolved', second: number, fingerprint?: string): AlertNotification => {
  const at = new Date(1000 * second).toISOString();
  const instance = fingerprint === undefined ? {} : { fingerprint };
  return { alert: 'A', severity: 'page', status, startsAt: at, receivedAt: at, ...instance };
};
const seconds = (notifications: readonly AlertNotification[]) =>
  timesTold(notifications).map(({ delivered, resolved }) =>
    [delivered, resolved].map((one) => (one === undefined ? 'open' : Date.parse(one.receivedAt) / 1000)),
  );

it.each([
  ['nothing', [], []],
  ['once', [told('firing', 1), told('resolved', 5)], [[1, 5]]],
  [
    'and again',
    [told('firing', 1), told('resolved', 5), told('firing', 9)],
    [
      [1, 5],
      [9, 'open'],
    ],
  ],
  ['told twice', [told('firing', 1), told('firing', 3), told('resolved', 5), told('resolved', 6)], [[1, 5]]],
  ['open before the run', [told('resolved', 1), told('firing', 3)], [[3, 'open']]],
  [
    'two instances, until the last has ended',
    [told('firing', 1, 'a'), told('firing', 3, 'b'), told('resolved', 5, 'a'), told('resolved', 8, 'b')],
    [[1, 8]],
  ],
  ['one of two', [told('firing', 1, 'a'), told('firing', 3, 'b'), told('resolved', 5, 'a')], [[1, 'open']]],
])('%s', (_name, notifications, expected) => {
  expect(seconds(notifications)).toEqual(expected);
});

it('are apart, and only the last may be open', () => {
  const step = fc.tuple(
    fc.constantFrom('firing' as const, 'resolved' as const),
    fc.constantFrom('a', 'b', undefined),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const found = seconds(steps.map(([status, instance], second) => told(status, second, instance)));
      for (const [index, [from, to]] of found.entries()) {
        const next = found[index + 1]?.[0];
        if (next === undefined) continue;
        expect(to).not.toBe('open');
        expect(Number(to)).toBeGreaterThan(Number(from));
        expect(Number(next)).toBeGreaterThan(Number(to));
      }
    }),
  );
});

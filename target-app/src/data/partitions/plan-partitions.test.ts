import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duePartitions } from './plan-partitions.ts';
import { timeOf, uuidAt } from './uuid-at.ts';

const plan = { lengthMs: 100, ahead: 2 };

describe('the partitions that are due', () => {
  it.each<readonly [string, number, number, readonly (readonly [number, number])[]]>([
    ['all are there', 1300, 1050, []],
    ['the clock has just entered a new one', 1300, 1100, [[1300, 1400]]],
    ['the clock is on the last moment of one', 1300, 1099, []],
    [
      'none but the one of now',
      1100,
      1050,
      [
        [1100, 1200],
        [1200, 1300],
      ],
    ],
    [
      'the first one ends anywhere',
      1030,
      1010,
      [
        [1030, 1100],
        [1100, 1200],
        [1200, 1300],
      ],
    ],
    [
      'nobody made any for long',
      400,
      1050,
      [
        [400, 1100],
        [1100, 1200],
        [1200, 1300],
      ],
    ],
    [
      'nobody made any, and the clock is on an edge',
      400,
      1100,
      [
        [400, 1200],
        [1200, 1300],
        [1300, 1400],
      ],
    ],
    ['more than wanted', 9000, 1050, []],
  ])('%s', (_name, until, now, expected) => {
    expect(duePartitions({ ...plan, until, now }).map(({ from, to }) => [from, to])).toEqual(expected);
  });

  it('leaves no gap, reaches as far ahead as it must, and then nothing is due', () => {
    const moment = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(
        moment,
        moment,
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 5 }),
        (until, now, lengthMs, ahead) => {
          const due = duePartitions({ until, now, lengthMs, ahead });
          let end = until;
          for (const { from, to } of due) {
            expect(from).toBe(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(end - now).toBeGreaterThan(ahead * lengthMs - 1);
          expect(duePartitions({ until: end, now, lengthMs, ahead })).toEqual([]);
        },
      ),
    );
  });
});

it('cuts ids exactly at the moment', () => {
  const at = Date.UTC(2026, 10, 23, 8, 30);
  expect(uuidAt(at)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-000000000000$/);
  expect(timeOf(uuidAt(at))).toBe(at);
  // The highest id of the millisecond before, and the lowest of the next.
  expect(uuidAt(at - 1).replace('7000-8000-000000000000', '7fff-bfff-ffffffffffff') < uuidAt(at)).toBe(true);
  expect(uuidAt(at) < uuidAt(at + 1)).toBe(true);
});

import type { Hurt, JournalEvent, Verdict } from '@firedrill/chaos';
import { expect, it } from 'vitest';
import type { Incident } from '../pager/incident.ts';
import { howOf, seenOf } from './seen-of.ts';
import { at, begun, journal, lever, scenarioNamed } from './testing/played.ts';

/** Users from a minute before the page on; 5 of 10 are hurt from ten seconds before it until the lever has done its work. */
const hurt: Hurt = {
  loadFromMs: Date.parse(at(-60)),
  slos: [
    {
      slo: 'checkout-latency',
      seconds: Array.from({ length: 200 }, (_one, second) =>
        second >= 50 && second < 102 ? { good: 5, bad: 5 } : { good: 10, bad: 0 },
      ),
    },
  ],
};
const run = (...events: readonly object[]) => events as readonly JournalEvent[];
const verdict = {
  orders: { acknowledged: 9, lost: 0, duplicated: 0, unknown: 2 },
  integrity: { invariants: [{}] },
} as unknown as Verdict;
const incident = {
  alerts: [
    { severity: 'ticket', alert: 'SlowQueries', firedAt: at(-5) },
    { severity: 'page', alert: 'CheckoutLatency', firedAt: at(0) },
    { severity: 'page', alert: 'CheckoutLatency', firedAt: at(50) },
  ],
  acts: [
    { kind: 'note', by: 'bob', at: at(3) },
    { kind: 'acknowledge', by: 'ana', at: at(8) },
    { kind: 'escalate', by: 'ana', at: at(70) },
  ],
} as unknown as Incident;
const drill = journal([-60, begun(scenarioNamed('slow-provider'))], ...lever(40, 'payment-fallback on'), [
  80,
  { type: 'resolved', by: 'ana' },
]);

it('tells what became of a drill, from what others wrote down of it', () => {
  const journalled = run(
    { type: 'applied', at: at(-10) },
    { type: 'healed', at: at(100) },
    { type: 'healed', at: at(101) },
  );
  expect(seenOf({ drill, run: journalled, verdict, hurt, incidents: [incident] })).toEqual({
    injectedAt: at(-10),
    pagedAt: at(0),
    pages: ['CheckoutLatency'],
    acknowledgedAt: at(8),
    acknowledgedBy: 'ana',
    escalatedAt: at(70),
    healedAt: at(101),
    // 52 s × 5; and 50 s of it before the lever, the rest at that rate.
    burnt: { bad: 260, nothing: 250 + 260 * 5, best: 250 + 20 * 5 },
    badRatioAfter: 0,
    orders: { acknowledged: 9, lost: 0, duplicated: 0 },
  });
});

it('what was pulled before it broke, or after it was said to be over, changes no figure', () => {
  const others = journal(
    [-60, begun(scenarioNamed('slow-provider'))],
    ...lever(-40, 'restart api-1'),
    ...lever(40, 'payment-fallback on'),
    [80, { type: 'resolved', by: 'ana' }],
    ...lever(95, 'shed-load 0.3'),
  );
  const rest = {
    run: run({ type: 'applied', at: at(-10) }, { type: 'healed', at: at(101) }),
    ...{ verdict, hurt, incidents: [incident] },
  };
  expect(seenOf({ ...rest, drill: others })).toEqual(seenOf({ ...rest, drill }));
});

it('whom nobody called before it was healed nobody called', () => {
  const journalled = run({ type: 'applied', at: at(-10) }, { type: 'healed', at: at(60) });
  expect(seenOf({ drill, run: journalled, verdict, hurt, incidents: [incident] })).toMatchObject({
    acknowledgedAt: at(8),
    escalatedAt: null,
  });
});

it('who says that it is over when it was healed already has not ended it', () => {
  const seen = (healed: number) =>
    seenOf({
      ...{ drill, verdict, hurt, incidents: [incident] },
      run: run({ type: 'applied', at: at(-10) }, { type: 'healed', at: at(healed) }),
    });
  expect(howOf(drill, seen(101))).toBe('resolved');
  expect(howOf(drill, seen(79))).toBe('time-up');
  expect(howOf(drill.slice(0, -1), seen(101))).toBe('time-up');
  expect(howOf(drill, { ...seen(101), healedAt: null })).toBe('resolved');
});

it('of a quiet one there is little to tell, and books that were not read are not good ones', () => {
  const unread = { ...verdict, integrity: { invariants: [] } } as unknown as Verdict;
  const quiet = journal([-60, begun(scenarioNamed('quiet'))], [80, { type: 'resolved', by: 'ana' }]);
  expect(
    seenOf({
      drill: quiet,
      run: run({ type: 'load-stopped', at: at(100) }),
      verdict: unread,
      hurt,
      incidents: [],
    }),
  ).toMatchObject({
    injectedAt: null,
    pagedAt: null,
    pages: [],
    acknowledgedAt: null,
    burnt: { bad: 0, nothing: 0, best: 0 },
    badRatioAfter: 0,
    orders: null,
  });
});

it('who says that it is over while the users are hurt is told by how much', () => {
  const early = journal([-60, begun(scenarioNamed('slow-provider'))], [10, { type: 'resolved', by: 'ana' }]);
  const journalled = run({ type: 'applied', at: at(-10) }, { type: 'healed', at: at(30) });
  expect(seenOf({ drill: early, run: journalled, verdict, hurt, incidents: [incident] })).toMatchObject({
    badRatioAfter: 0.5,
    burnt: { bad: 200 },
  });
});

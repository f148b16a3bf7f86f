import { clocks } from '@firedrill/slo';
import { levels } from '@firedrill/topology';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSchema } from '../journal/event.ts';
import { planText } from './plan-text.ts';
import { type QuietRequest, quietPlan, traffics } from './quiet-plan.ts';

const anyRequest: fc.Arbitrary<QuietRequest> = fc.record({
  topology: fc.constantFrom(...levels),
  forMs: fc.integer({ min: 30_000, max: 7_200_000 }),
  traffic: fc.constantFrom(...traffics),
  seed: fc.nat(),
  clock: fc.constantFrom(...clocks),
});

describe('a quiet plan', () => {
  test('is the same byte for byte, fits its schema, and breaks nothing', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const plan = quietPlan(request);
        expect(JSON.stringify(quietPlan(structuredClone(request)))).toBe(JSON.stringify(plan));
        expect(planSchema.parse(plan)).toEqual(plan);
        expect(plan).toMatchObject({ faults: [], operator: [], loadMs: request.forMs });
      }),
    );
  });

  test('allows no alert at all, not even the one that the receiver makes', () => {
    const { alerts } = quietPlan({ ...request('steady'), forMs: 60_000 });
    expect(alerts).toMatchObject({ expected: [], allowed: [] });
    expect(alerts.forbidden.map(({ alert }) => alert)).toContain('WatchdogMissing');
  });

  test.each([
    ['steady', []],
    [
      'idle',
      [
        { fromMs: 15_000, factor: 0 },
        { fromMs: 45_000, factor: 1 },
      ],
    ],
    [
      'collapsed',
      [
        { fromMs: 15_000, factor: 0.1 },
        { fromMs: 45_000, factor: 1 },
      ],
    ],
    [
      'doubled',
      [
        { fromMs: 15_000, factor: 2 },
        { fromMs: 45_000, factor: 1 },
      ],
    ],
  ] as const)('with %s traffic changes it in the middle half alone', (traffic, changes) => {
    const plan = quietPlan({ ...request(traffic), forMs: 60_000 });
    expect(plan.traffic).toEqual(changes);
    expect(plan.variant).toBe(traffic === 'steady' ? undefined : traffic);
  });

  test('says in words what will happen', () => {
    const text = planText(quietPlan({ ...request('collapsed'), forMs: 600_000 }));
    expect(text).toContain('control until 600.0 s');
    expect(text).toMatch(
      /traffic, from the start of the load\n {2}150\.0 s {2}1 RPS\n {2}450\.0 s {2}10 RPS/,
    );
    expect(text).toMatch(/faults, from the start of the load\n {2}none/);
    expect(text).toContain('must not fire: WatchdogMissing page');
  });

  test.each([
    [29_999, /too short/],
    [7_200_001, /too long/],
  ])('of %i ms is refused', (forMs, message) => {
    expect(() => quietPlan({ ...request('steady'), forMs })).toThrow(
      expect.objectContaining({
        code: 'usage',
        where: '--for',
        message: expect.stringMatching(message),
        fix: 'give 30s to 2h',
      }),
    );
  });
});

function request(traffic: QuietRequest['traffic']): Omit<QuietRequest, 'forMs'> {
  return { topology: levels[0]!, traffic, seed: 1, clock: 'drill' };
}

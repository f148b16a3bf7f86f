import { sloCatalogue } from '@firedrill/slo';
import { expect, it } from 'vitest';
import { type Recorded, sloSight } from './slos.ts';

const slo = sloCatalogue(1).find(({ name }) => name === 'checkout-availability')!;
const of = (name: string, value: number, more: Recorded['labels'] = {}): Recorded => ({
  labels: { __name__: name, sloth_id: slo.id, ...more },
  value,
});

it('has each pair of windows with its burn rates, and what users get now', () => {
  const sight = sloSight(slo, 'drill', [
    of('slo:sli_error:ratio_rate5s', 0.5),
    of('slo:sli_error:ratio_rate1m', 0.2),
    of('slo:period_error_budget_remaining:ratio', 0.75),
    of('ALERTS', 1, { severity: 'page' }),
    { labels: { __name__: 'slo:sli_error:ratio_rate5s', sloth_id: 'another' }, value: 1 },
  ]);
  expect(sight).toMatchObject({
    sli: 0.5,
    budgetLeft: 0.75,
    firing: ['page'],
    alert: 'CheckoutAvailability',
  });
  expect(sight.legs.map(({ severity, speed }) => `${severity} ${speed}`)).toEqual([
    'page quick',
    'page slow',
    'ticket quick',
    'ticket slow',
  ]);
  const [quick] = sight.legs;
  expect(quick?.factor).toBeCloseTo(14.4);
  expect(quick?.short).toEqual({ window: '5s', burnRate: expect.closeTo(50) });
  expect(quick?.long).toEqual({ window: '1m', burnRate: expect.closeTo(20) });
});

it('knows no ratio where nobody asked', () => {
  const sight = sloSight(slo, 'drill', [of('slo:sli_error:ratio_rate5s', Number.NaN)]);
  expect(sight).toMatchObject({ sli: null, budgetLeft: null, firing: [] });
  expect(sight.legs.every(({ long, short }) => long.burnRate === null && short.burnRate === null)).toBe(true);
});

import { expect, it } from 'vitest';
import type { Piece } from '../../evidence/piece.ts';
import { ratioRules } from './rules-again.ts';

it('reads the rules that made error ratios, by the words of the Prometheus that had them', () => {
  const rule = (name: string, type: 'recording' | 'alerting') => ({
    name,
    type,
    query: 'x',
    labels: { sloth_id: 'shop-l1-checkout-availability' },
  });
  const groups = [
    {
      interval: 0.5,
      rules: [
        rule('slo:sli_error:ratio_rate5s', 'recording'),
        rule('CheckoutAvailability', 'alerting'),
        rule('slo:objective:ratio', 'recording'),
      ],
    },
  ];
  const piece = { answer: { data: { groups } } } as unknown as Piece;
  expect(ratioRules(piece)).toEqual([
    {
      name: 'slo:sli_error:ratio_rate5s',
      query: 'x',
      slo: 'shop-l1-checkout-availability',
      intervalSeconds: 0.5,
    },
  ]);
  expect(ratioRules(undefined)).toEqual([]);
});

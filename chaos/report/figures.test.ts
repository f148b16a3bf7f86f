import { describe, expect, it } from 'vitest';
import { count, duration, percent, plural } from './figures.ts';

describe('figures', () => {
  it.each([
    [0, '0 ms'],
    [849.6, '850 ms'],
    [9_310, '9.31 s'],
    [59_996, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [-61_000, '−1 min 01 s'],
    [999.7, '1.00 s'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [0, '0 %'],
    [1, '100.0 %'],
    [0.0999, '9.99 %'],
    [0.00125, '0.125 %'],
    [0.0000001, '< 0.001 %'],
  ])('the ratio %d is %s', (ratio, text) => {
    expect(percent(ratio)).toBe(text);
  });

  it('groups thousands by commas everywhere', () => {
    expect([999, 1_000, 1_234_567].map(count)).toEqual(['999', '1,000', '1,234,567']);
    expect([plural(1, 'order'), plural(2, 'order')]).toEqual(['1 order', '2 orders']);
  });
});

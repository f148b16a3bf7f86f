import { expect, it } from 'vitest';
import { metricsOf } from './metrics-of.ts';

it.each([
  ['up', ['up']],
  ['rate(a_total[5m]) > 0 or sum by (b, c) (d:e{f="g_h"})', ['a_total', 'd:e']],
  ['topk(5, sum by (n) (rate(x_total[1m])) / sum by (n) (rate(y_total[1m]) > 0))', ['x_total', 'y_total']],
  ['a / on (l) group_left (m) b', ['a', 'b']],
  ['vector(0)', []],
  ['max(a) > max(a offset 1m)', ['a']],
])('%s', (query, metrics) => {
  expect(metricsOf(query)).toEqual(metrics);
});

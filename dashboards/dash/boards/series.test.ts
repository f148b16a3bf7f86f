import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windows } from '../page/windows.ts';
import { legendOf } from './legend.ts';
import { seriesOf, spanOf } from './series.ts';

describe('the span that is asked for', () => {
  it('is on whole steps, inside the window, and not in the future, whatever a page asks', () => {
    const sizes = Object.keys(windows).map(Number);
    const now = fc.integer({ min: 1.7e12, max: 1.9e12 });
    fc.assert(
      fc.property(fc.constantFrom(...sizes), fc.option(fc.double()), now, (size, from, nowMs) => {
        const span = spanOf(size, from ?? undefined, nowMs)!;
        expect(span.fromSeconds % span.stepSeconds).toBe(0);
        expect(span.fromSeconds).toBeLessThanOrEqual(span.toSeconds);
        expect(span.toSeconds - span.fromSeconds).toBeLessThanOrEqual(size);
        expect(nowMs / 1000 - span.toSeconds).toBeLessThan(span.stepSeconds);
        expect(nowMs / 1000).toBeGreaterThanOrEqual(span.toSeconds);
      }),
    );
  });

  it('is none for a window that there is not', () => {
    expect(spanOf(86_400, undefined, 1.8e12)).toBeUndefined();
    expect(spanOf(Number.NaN, undefined, 1.8e12)).toBeUndefined();
  });
});

it('fills legends in', () => {
  expect(legendOf('{{instance}} 5xx', { instance: 'api-1' })).toBe('api-1 5xx');
  expect(legendOf('{{ missing }}', {})).toBe('');
  expect(legendOf('', { a: '1', b: '2' })).toBe('a=1 b=2');
});

it('takes what is not a number for nothing', () => {
  const answer = {
    resultType: 'matrix' as const,
    result: [
      {
        metric: { job: 'api' },
        values: [
          [1, 'NaN'],
          [2, '+Inf'],
          [3, '0.5'],
        ] as [number, string][],
      },
    ],
  };
  expect(seriesOf(answer, 1, '{{job}}')).toEqual([
    {
      query: 1,
      name: 'api',
      points: [
        [1, null],
        [2, null],
        [3, 0.5],
      ],
    },
  ]);
});

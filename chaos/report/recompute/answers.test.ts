import { describe, expect, it } from 'vitest';
import { answerOf, compareAnswers } from './answers.ts';

const matrix = (...series: readonly [Record<string, string>, readonly [number, string][]][]) =>
  answerOf({ data: { result: series.map(([metric, values]) => ({ metric, values })) } })!;

describe('an answer that is asked again', () => {
  const kept = matrix(
    [
      { __name__: 'up', instance: 'api-1' },
      [
        [1, '1'],
        [2, '0'],
      ],
    ],
    [
      { __name__: 'up', instance: 'pg-1' },
      [
        [1, '1'],
        [2, 'NaN'],
      ],
    ],
  );

  it('is the same in whatever order its series and labels come', () => {
    const again = matrix(
      [
        { instance: 'pg-1', __name__: 'up' },
        [
          [1, '1'],
          [2, 'NaN'],
        ],
      ],
      [
        { instance: 'api-1', __name__: 'up' },
        [
          [1, '1.0000000000001'],
          [2, '0'],
        ],
      ],
    );
    expect(compareAnswers(kept, again, 2_000)).toEqual({ samples: 4, differences: [] });
  });

  it('tells what was changed, what is gone and what is new', () => {
    const again = matrix([
      { __name__: 'up', instance: 'api-1' },
      [
        [1, '1'],
        [2, '1'],
      ],
    ]);
    expect(compareAnswers(kept, again, 2_000).differences).toEqual([
      'up{instance="api-1"} at 00:00:02.000: kept 0, recomputed 1',
      'up{instance="pg-1"} at 00:00:01.000: kept 1, recomputed nothing',
      'up{instance="pg-1"} at 00:00:02.000: kept NaN, recomputed nothing',
    ]);
  });

  it('does not judge what may have been on its way', () => {
    const again = matrix(
      [
        { __name__: 'up', instance: 'api-1' },
        [
          [1, '1'],
          [2, '1'],
          [3, '1'],
        ],
      ],
      [{ __name__: 'up', instance: 'pg-1' }, [[1, '1']]],
    );
    expect(compareAnswers(kept, again, 1_500)).toEqual({ samples: 2, differences: [] });
  });

  it('is no answer where Prometheus refused', () => {
    expect(answerOf({ status: 'error', error: 'x' })).toBeUndefined();
    expect(answerOf('starting')).toBeUndefined();
  });
});

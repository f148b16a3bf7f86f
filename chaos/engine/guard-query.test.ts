import { expect, test } from 'vitest';
import { describeGuard, offending } from './guard-query.ts';

const guard = { query: 'x', reason: 'because of the test' };

test.each([
  [{ above: 3 }, [1, 3], undefined],
  [{ above: 3 }, [1, 3.1, 9], 3.1],
  [{ below: 3 }, [3, 4], undefined],
  [{ below: 3 }, [4, 2], 2],
  [{ above: 0 }, [], undefined],
  [{ above: 0 }, [Number.NaN], undefined],
  [{ below: 0 }, [Number.NaN], undefined],
  [{ above: 0 }, [Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
])('%j stands %j but %s', (limit, values, found) => {
  expect(offending({ ...guard, ...limit }, values)).toBe(found);
});

test('says itself in words', () => {
  expect(describeGuard({ ...guard, above: 3 })).toBe('x is above 3');
  expect(describeGuard({ ...guard, below: 0 })).toBe('x is below 0');
});

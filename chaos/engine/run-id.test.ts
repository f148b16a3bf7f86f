import { expect, test } from 'vitest';
import { runId } from './run-id.ts';

test('a run id is in UTC and sorts by time', () => {
  expect(runId(new Date('2026-11-23T01:02:03.999Z'), 'lose-api', 1, 7)).toBe(
    '20261123-010203-lose-api-l1-s7',
  );
});

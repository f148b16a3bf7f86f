import { expect, it } from 'vitest';
import type { Facts } from '../facts.ts';
import { severityOf } from './severity.ts';

/** Of a hundred requests so many failed; `undefined`: nobody counted. */
const facts = (bad: number | undefined, broken = 0): Facts =>
  ({
    felt: bad === undefined ? undefined : [{ operation: '*', counted: 100, bad }],
    run: {
      verdict: {
        integrity: {
          invariants: [
            { invariant: 1, verdict: broken > 0 ? 'fail' : 'pass', promise: 'p', violations: broken },
          ],
        },
      },
    },
  }) as unknown as Facts;

it.each([
  ['a promise of orders did not hold, though nobody was failed', facts(0, 1), 'SEV1'],
  ['half of the requests failed', facts(50), 'SEV1'],
  ['fewer failed', facts(49), 'SEV2'],
  ['nobody counted', facts(undefined), 'SEV2'],
  ['no request failed', facts(0), 'SEV3'],
])('where %s', (_what, given, severity) => {
  expect(severityOf(given).severity).toBe(severity);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, fits, versionIn } from './version-fit.ts';

describe('versionIn', () => {
  it.each([
    ['postgres (PostgreSQL) 18.6', '18.6'],
    ['go version go1.26.8 linux/amd64', '1.26.8'],
    ['Process Compose\nVersion:\tv1.64.1\nCommit:\tundefined', '1.64.1'],
    ['prometheus, version 3.5.1 (branch: , revision: unknown)', '3.5.1'],
    ['{"gitCommit":"","gitVersion":"v1.55.0","buildDate":""}', '1.55.0'],
    ['HAProxy version 2.6.12-1+deb12u2 2025/04/25', '2.6.12'],
  ])('reads %j', (output, version) => expect(versionIn(output)).toBe(version));

  it.each(['postgres (PostgreSQL) 19beta1', 'tool 1.64.1-rc1', 'unknown', ''])(
    'finds no release in %j',
    (output) => expect(versionIn(output)).toBeUndefined(),
  );
});

const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));

describe('compareVersions', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('compares by number and counts a missing one as 0', () => {
    expect(compareVersions('1.10', '1.9')).toBeGreaterThan(0);
    expect(compareVersions('18', '18.0.0')).toBe(0);
  });
});

it('takes the lower bound in and leaves the upper out', () => {
  const rule = { atLeast: '18.0', below: '19' };
  expect(['17.9', '18.0', '18.6', '19.0'].map((one) => fits(one, rule))).toEqual([false, true, true, false]);
});

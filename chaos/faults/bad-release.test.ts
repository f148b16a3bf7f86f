import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { badRelease } from './bad-release.ts';

const step = { id: 'bad-release-0', seed: 1, durationMs: 10_000 };
const compiled = (level: number, nodes: readonly string[]) =>
  badRelease.compile({ release: '2026.48' }, levelByNumber(level), { edges: [], nodes }, step);

test('a release that goes out to every API names each of them', () => {
  expect(compiled(2, ['api-2', 'api-1']).effects).toHaveLength(1);
  expect(() => compiled(2, ['api-1'])).toThrow(
    'a release is rolled out to every API, and api-2 is not named',
  );
});

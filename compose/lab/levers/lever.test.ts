import { describe, expect, it } from 'vitest';
import { type Lever, leverNames, leverOf, undoOfLever, wordsOf } from './lever.ts';

const each: readonly (readonly [string, Lever, string | undefined])[] = [
  ['promote pg-2', { lever: 'promote', node: 'pg-2' }, undefined],
  ['restart api-1', { lever: 'restart', node: 'api-1' }, undefined],
  ['drain api-1', { lever: 'drain', node: 'api-1' }, 'undrain api-1'],
  ['undrain api-1', { lever: 'undrain', node: 'api-1' }, undefined],
  ['deploy 2026.48', { lever: 'deploy', release: '2026.48' }, 'rollback'],
  ['rollback', { lever: 'rollback' }, undefined],
  ['read-only on', { lever: 'read-only', to: 'on' }, 'read-only off'],
  ['read-only off', { lever: 'read-only', to: 'off' }, undefined],
  ['payment-fallback on', { lever: 'payment-fallback', to: 'on' }, 'payment-fallback off'],
  ['shed-load 0.3', { lever: 'shed-load', share: 0.3 }, 'shed-load off'],
  ['shed-load off', { lever: 'shed-load', share: 0 }, undefined],
  ['rotate payment-key', { lever: 'rotate', credential: 'payment-key' }, undefined],
];

describe.each(each)('%s', (words, lever, undo) => {
  it('is read from its words and told in them', () => {
    expect(leverOf(words)).toEqual(lever);
    expect(wordsOf(lever)).toBe(words);
  });
  it(`is taken back by ${undo ?? 'nothing'}`, () => {
    const back = undoOfLever(lever);
    expect(back && wordsOf(back)).toBe(undo);
  });
});

it('knows each lever by at least one of these', () => {
  expect(new Set(each.map(([, { lever }]) => lever))).toEqual(new Set(leverNames));
});

it.each([
  '',
  'status',
  'promote',
  'rollback now',
  'read-only maybe',
  'shed-load 2',
  'shed-load a',
  'rotate db',
])('%j is no lever', (words) => {
  expect(leverOf(words)).toBeUndefined();
});

import { killPoints } from '@firedrill/chaos/bench';
import { expect, it } from 'vitest';
import { type KillMatrix, playedBefore } from './kill-matrix-table.ts';

const drawn = killPoints(1, 4);
const played = drawn.map((point) => ({ ...point, effects: 1, healedMs: 900 }));
const result = (points: KillMatrix['points'], commit = 'abc'): KillMatrix => ({
  date: '2026-01-01',
  commit,
  cores: 2,
  seed: 1,
  withinMs: 5000,
  points,
});

it('an interrupted measurement is gone on with, a failed kill staying what it was', () => {
  const failed = [{ ...played[0]!, healedMs: null, problem: 'not healed' }, played[1]!];
  expect(playedBefore(result(failed), drawn, 'abc')).toEqual(failed);
});

it('another commit, other kills or a whole one begin anew', () => {
  expect(playedBefore(undefined, drawn, 'abc')).toEqual([]);
  expect(playedBefore(result(played.slice(0, 2), 'abd'), drawn, 'abc')).toEqual([]);
  expect(playedBefore(result(played.slice(0, 2)), killPoints(2, 4), 'abc')).toEqual([]);
  expect(playedBefore(result(played), drawn, 'abc')).toEqual([]);
});

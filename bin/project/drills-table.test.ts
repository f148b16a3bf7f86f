import { expect, it } from 'vitest';
import { type Drilled, withDrilled } from './drills-result.ts';
import { drillsTable } from './drills-table.ts';

const drilled: Drilled = {
  scenario: 'slow-provider',
  level: 1,
  seed: 1,
  attempt: 1,
  drill: '20261129-025900-drill-l1-s1',
  resolved: true,
  score: 97,
  missed: [],
  afterPage: { acknowledgedMs: 400, saidMs: 20_600, actedMs: 31_200 },
  walked: ['CheckoutLatency recovered'],
  acknowledged: 200,
  lost: 0,
  duplicated: 0,
  date: '2026-11-29',
  commit: 'abc',
};

it('a drill takes the place of an earlier one of the same scenario and seed', () => {
  const other = { ...drilled, scenario: 'bad-release', level: 2 };
  const again = { ...drilled, score: 98 };
  expect(withDrilled([other, drilled], again)).toEqual([again, other]);
  expect(withDrilled([drilled], { ...drilled, seed: 2 })).toHaveLength(2);
});

it('says how many the runbooks resolved, and marks those that they did not', () => {
  const lost: Drilled = {
    ...drilled,
    scenario: 'quiet',
    resolved: false,
    score: null,
    afterPage: { acknowledgedMs: null, saidMs: null, actedMs: null },
    walked: [],
    missed: ['-5: hint 1'],
  };
  const table = drillsTable(
    '2026-11-29-drills.json',
    { date: '2026-11-29', cores: 2, drills: [drilled, { ...lost, attempt: 3 }] },
    'results',
  );
  expect(table).toContain(
    '| `slow-provider` | 1 | resolved | 97 | 0 / 21 / 31 | CheckoutLatency recovered | – | 200 / 0 / 0 |',
  );
  expect(table).toContain(
    '| `quiet` | 1 | **not resolved**, attempt 3 | – | – / – / – | – | -5: hint 1 | 200 / 0 / 0 |',
  );
  expect(table).toContain('1 of 2 resolved by the runbooks alone');
});

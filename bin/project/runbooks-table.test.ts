import { expect, it } from 'vitest';
import { type Executed, isDisturbed, withExecuted } from './runbooks-result.ts';
import { runbooksTable } from './runbooks-table.ts';

const run: Executed = {
  name: 'CheckoutAvailability × lose-api@1',
  alert: 'CheckoutAvailability',
  level: 1,
  seed: 1,
  attempt: 1,
  run: '20261128T030000Z-lose-api-1-1',
  outcome: 'recovered',
  levers: ['restart api-1'],
  pagedMs: 6210,
  walkedMs: 14_040,
  served: ['mitigated, checkout: error ratio 0.0 % of 71 requests (wanted ≤ 5.0 %)'],
  acknowledged: 402,
  lost: 0,
  duplicated: 0,
  problems: [],
  date: '2026-11-28',
  commit: '0123456789ab',
};

it('shows what the runbook made of the fault, and where that is written', () => {
  const result = {
    date: '2026-11-28',
    cores: 8,
    runs: [run, { ...run, level: 2, problems: ['the page did not come'] }],
  };
  const [, , first, second, , last] = runbooksTable(
    '2026-11-28-runbooks.json',
    result,
    '../docs/results',
  ).split('\n');
  expect(first).toBe(
    '| [CheckoutAvailability](CheckoutAvailability.md) | `lose-api` | 1 | recovered | `restart api-1` | 6.2 s | 14.0 s | checkout: error ratio 0.0 % of 71 requests | 402 / 0 / 0 |',
  );
  expect(second).toContain('| **recovered**, not as it must be |');
  expect(last).toContain('1 of 2 ended as they must.');
  expect(last).toContain('(../docs/results/2026-11-28-runbooks.json)');
});

it('a run takes the place of the one before of its name and seed, and no other', () => {
  const again = { ...run, walkedMs: 9000 };
  const other = { ...run, seed: 2 };
  expect(withExecuted([run, other], again)).toEqual([again, other]);
});

it('a run tells nothing where the shop or its users did not get on without a fault', () => {
  const check = (name: string, verdict: 'pass' | 'fail' | 'inconclusive') => ({
    name,
    verdict,
    summary: '',
    evidence: [],
  });
  expect(isDisturbed({ checks: [check('control', 'inconclusive')] })).toBe(true);
  expect(isDisturbed({ checks: [check('control', 'pass'), check('load-quality', 'inconclusive')] })).toBe(
    true,
  );
  expect(isDisturbed({ checks: [check('control', 'pass'), check('witness', 'inconclusive')] })).toBe(false);
});

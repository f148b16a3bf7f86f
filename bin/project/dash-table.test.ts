import { expect, it } from 'vitest';
import { dashTable } from './dash-table.ts';

it('shows medians and the worst beside what they may be, and where they are from', () => {
  const table = dashTable(
    '2026-01-01-dash.json',
    {
      date: '2026-01-01',
      commit: 'abc',
      cores: 2,
      level: 1,
      rps: 10,
      chromium: '140.0',
      atMost: { firstViewMs: 1000, ageSeconds: 2, bundleKilobytes: 500 },
      medians: { firstViewMs: 410.5, ageSeconds: 2.125 },
      bundleKilobytes: 275.4,
      visits: [
        { firstViewMs: 401, ageSeconds: 1.25 },
        { firstViewMs: 420, ageSeconds: 3 },
      ],
    },
    'results',
  ).split('\n');
  expect(table.slice(2, 5)).toEqual([
    '| first view, ms | 411 | 420 | 1000 | reached |',
    '| age of what is shown, s | 2.13 | 3.00 | 2 | **missed** |',
    '| all that it loads, gzipped, kB | 275 | 275 | 500 | reached |',
  ]);
  expect(table.at(-1)).toContain('2 of them in Chromium 140.0');
  expect(table.at(-1)).toContain('[data](results/2026-01-01-dash.json)');
});

import { expect, it } from 'vitest';
import { incidentReportTable } from './incident-report-table.ts';

it('shows the median and the slowest of each origin, and where they are from', () => {
  const table = incidentReportTable(
    '2026-01-01-incident-report.json',
    {
      date: '2026-01-01',
      commit: 'abc',
      cores: 2,
      cell: 'partition-primary@1#1',
      verdict: 'pass',
      atMost: 5,
      medians: { run: 1.5, lab: 2.25 },
      made: [
        { from: 'run', seconds: 1.4, missing: 0 },
        { from: 'lab', seconds: 2.25, missing: 1 },
        { from: 'run', seconds: 1.6, missing: 2 },
      ],
    },
    'results',
  ).split('\n');
  expect(table.slice(2, 4)).toEqual([
    '| the run that caused it | 2 | 1.50 | 1.60 | 2 |',
    '| the lab, which still runs: no run caused it | 1 | 2.25 | 2.25 | 1 |',
  ]);
  expect(table.at(-1)).toContain('the median may be 5 s');
  expect(table.at(-1)).toContain('[data](results/2026-01-01-incident-report.json)');
});

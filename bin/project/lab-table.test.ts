import { expect, it } from 'vitest';
import { labTable } from './lab-table.ts';

const round = (level: number, readySeconds: number) => ({
  level,
  readySeconds,
  readyCpuSeconds: 3.5,
  othersShare: 0.25,
  idleMegabytes: 700.4,
  loadedMegabytes: 800.6,
  loadedCores: 0.3,
  nodes: { 'api-1': 150 },
});

it('shows the medians of each level and where they are from', () => {
  const table = labTable('2026-01-01-lab.json', {
    date: '2026-01-01',
    commit: 'abc',
    cores: 2,
    loadSeconds: 60,
    rounds: [round(2, 9), round(1, 7), round(1, 30), round(1, 6)],
  }).split('\n');
  expect(table.slice(2, 4)).toEqual([
    '| 1 | 7 | 25 % | 3.5 | 700 | 801 | 0.3 |',
    '| 2 | 9 | 25 % | 3.5 | 700 | 801 | 0.3 |',
  ]);
  expect(table.at(-1)).toContain('[data](results/2026-01-01-lab.json)');
});

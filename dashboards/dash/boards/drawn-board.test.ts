import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { dashboards } from '../../all-dashboards.ts';
import { boardsOf, drawnBoard } from './drawn-board.ts';

describe.each(levels.map(({ number }) => number))('at level %i', (level) => {
  const boards = boardsOf(dashboards, level).map((board) => drawnBoard(board, level));

  it('has its own level board and no other', () => {
    const own = boards.map(({ uid }) => uid).filter((uid) => uid.startsWith('level-'));
    expect(own).toEqual([`level-${level}`]);
  });

  it.each(boards)('$uid has nothing left to choose, and each panel once', ({ rows, annotations }) => {
    const panels = rows.flatMap((row) => row.panels);
    expect(panels.length).toBeGreaterThan(0);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { expr } of [...panels.flatMap(({ queries }) => queries), ...annotations]) {
      expect(expr).not.toContain('$');
      if (expr.includes('service=~')) expect(expr).toContain(`service=~"shop-l${level}"`);
    }
    for (const { title } of panels) expect(title).not.toContain('$slo');
  });
});

it('draws a panel for each objective where they repeat', () => {
  const overview = drawnBoard(dashboards.find(({ uid }) => uid === 'slo-overview')!, 1);
  const titles = overview.rows.flatMap((row) => row.panels).map(({ title }) => title);
  expect(titles.filter((title) => title.startsWith('Burn rate: '))).toEqual([
    'Burn rate: checkout-availability',
    'Burn rate: checkout-latency',
    'Burn rate: browse-availability',
    'Burn rate: browse-latency',
  ]);
});

it('leaves out what a level has not', () => {
  const inside = dashboards.find(({ uid }) => uid === 'inside-the-shop')!;
  const titles = (level: number) => drawnBoard(inside, level).rows.map(({ title }) => title);
  expect(titles(1).length).toBeLessThan(titles(4).length);
});

import { expect, it } from 'vitest';
import { lsnText, promotionsOf } from './history.ts';

const line = (timeline: number, leader: string) => ({
  timeline,
  leader,
  lsn: 0x1_0300_0060,
  at: `2026-01-01T00:00:0${timeline}.000Z`,
});

it('tells each change of the leader, and no timeline that the same one began', () => {
  // The first leader of a lab begins a timeline too, and again after a crash.
  const lines = [line(2, 'pg-1'), line(3, 'pg-1'), line(4, 'pg-2'), line(5, 'pg-1')];
  expect(promotionsOf(lines, 'pg-1')).toEqual([
    expect.objectContaining({
      from: 'pg-1',
      to: 'pg-2',
      timeline: 4,
      promotedAt: '2026-01-01T00:00:04.000Z',
    }),
    expect.objectContaining({ from: 'pg-2', to: 'pg-1', timeline: 5 }),
  ]);
  expect(promotionsOf(lines.slice(0, 2), 'pg-1')).toEqual([]);
});

it('writes a position as PostgreSQL does', () => {
  expect(lsnText(0x1_0300_0060)).toBe('1/3000060');
  expect(lsnText(0x160)).toBe('0/160');
});

import { paletteDark } from '@firedrill/slo/palette';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { dashboards } from '../../all-dashboards.ts';
import { boardsOf, drawnBoard } from '../boards/drawn-board.ts';
import type { Series } from '../boards/series.ts';
import { type ChartFrame, colourOf, lineChart, shadesOf, timelineChart, withGaps } from './chart-options.ts';

const colours = { ...paletteDark, ink: '#ffffff', muted: '#999999', grid: '#333333', paper: '#000000' };
const frame: ChartFrame = {
  fromMs: 1_000_000,
  toMs: 1_300_000,
  stepSeconds: 1,
  colours,
  shades: [{ name: 'drop', meaning: 'fault', fromMs: 1_200_000, toMs: 1_250_000 }],
};
const panels = levels.flatMap(({ number }) =>
  boardsOf(dashboards, number)
    .map((board) => drawnBoard(board, number))
    .flatMap(({ rows }) => rows.flatMap((row) => row.panels)),
);
const seriesFor = (queries: readonly unknown[]): readonly Series[] =>
  queries.flatMap((_, query) => [
    {
      query,
      name: `${query} a`,
      points: [
        [1200, 1],
        [1201, 20],
      ],
    },
    {
      query,
      name: `${query} b`,
      points: [
        [1200, 0],
        [1201, null],
      ],
    },
  ]);

describe('every panel of every level', () => {
  it('has lines in the colours of their meaning', () => {
    const lines = panels.filter(({ kind }) => kind === 'timeseries');
    expect(lines.length).toBeGreaterThan(100);
    for (const panel of lines) {
      const { series } = lineChart(panel, seriesFor(panel.queries), frame);
      expect(series).toHaveLength(2 * panel.queries.length);
      for (const [index, query] of panel.queries.entries()) {
        expect(series[2 * index]?.lineStyle?.color).toBe(colours[query.meaning]);
        expect(series[2 * index]?.lineStyle?.type).toBe(query.dashed ? 'dashed' : 'solid');
      }
    }
  });

  it('shades the fault once', () => {
    for (const panel of panels) {
      const draw = panel.kind === 'timeline' ? timelineChart : lineChart;
      const shaded = draw(panel, seriesFor(panel.queries), frame).series.filter((one) => 'markArea' in one);
      expect(shaded).toHaveLength(1);
      expect(shaded[0]?.markArea?.data).toEqual([
        [
          expect.objectContaining({
            name: 'drop',
            xAxis: 1_200_000,
            itemStyle: { color: colours.fault, opacity: 0.28 },
          }),
          { xAxis: 1_250_000 },
        ],
      ]);
    }
  });
});

const burn = panels.find(({ title }) => title === 'Burn rate: page, quick')!;

it('draws a threshold as soon as it is near', () => {
  const draw = (value: number) =>
    lineChart(burn, [{ query: 0, name: 'long', points: [[1200, value]] }], frame).series[0]?.markLine?.data;
  expect(draw(1)).toEqual([]);
  expect(draw(10)).toEqual([expect.objectContaining({ yAxis: 14.4, name: '14.4' })]);
});

it('leaves a hole where points are missing', () => {
  expect(
    withGaps(
      [
        [1, 5],
        [2, 6],
        [9, 7],
      ],
      1,
    ),
  ).toEqual([
    [1000, 5],
    [2000, 6],
    [2001, null],
    [9000, 7],
  ]);
});

it('tells series of one meaning apart by shades of it', () => {
  const query = { expr: '', legend: '', meaning: 'bad' as const, dashed: false, shades: true };
  const all = seriesFor([query, query]);
  const used = all.slice(0, 2).map((one) => colourOf({ queries: [query, query] }, all, one, colours));
  expect(used[0]).toBe(colours.bad);
  expect(used[1]).not.toBe(colours.bad);
});

it('shades the times in which a query is above 0', () => {
  const one: Series = {
    query: 0,
    name: 'Ticket',
    points: [
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 0],
      [9, 1],
    ],
  };
  expect(shadesOf([one], 'ticket', 1)).toEqual([
    { name: 'Ticket', meaning: 'ticket', fromMs: 2000, toMs: 3000 },
    { name: 'Ticket', meaning: 'ticket', fromMs: 9000, toMs: 9000 },
  ]);
});

it('shows what lasted for one step only as a bar of a step, in the row of its name', () => {
  const panel = panels.find(({ kind }) => kind === 'timeline')!;
  const all: readonly Series[] = [
    {
      query: 0,
      name: 'a firing',
      points: [
        [1200, 1],
        [1201, 1],
      ],
    },
    { query: 1, name: 'b pending', points: [[1202, 1]] },
  ];
  const { series, yAxis } = timelineChart(panel, all, frame);
  expect(yAxis.data).toEqual(['a firing', 'b pending']);
  expect(series.map(({ data }) => data)).toEqual([
    [
      [1_200_000, 0],
      [1_202_000, 0],
      [1_202_000, null],
    ],
    [
      [1_202_000, 1],
      [1_203_000, 1],
      [1_203_000, null],
    ],
  ]);
});

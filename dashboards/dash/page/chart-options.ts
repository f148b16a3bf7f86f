import type { Meaning } from '@firedrill/slo/palette';
import type { LineSeriesOption } from 'echarts';
import type { DrawnPanel } from '../boards/drawn-board.ts';
import type { Point, Series } from '../boards/series.ts';
import { figure } from './format.ts';

/** The page's colours as the reader's system wants them, `#rrggbb`. */
export type Colours = Readonly<Record<Meaning | 'ink' | 'muted' | 'grid' | 'paper', string>>;

/** A time that every chart shades, ms since the epoch. */
export interface Shade {
  readonly name: string;
  readonly meaning: Meaning;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ChartFrame {
  readonly fromMs: number;
  readonly toMs: number;
  /** The step of the points: what is further apart is a gap. */
  readonly stepSeconds: number;
  readonly colours: Colours;
  readonly shades: readonly Shade[];
}

const font = { fontFamily: 'system-ui, sans-serif', fontSize: 11 };

/** Pure: a panel of lines as ECharts draws it. */
export function lineChart(panel: DrawnPanel, series: readonly Series[], frame: ChartFrame) {
  const { colours } = frame;
  const shading = shadeAreas(frame);
  return {
    ...inCommon(frame),
    grid: { left: 56, right: 10, top: 8, bottom: 22 },
    yAxis: {
      type: 'value' as const,
      ...(panel.minimum === null ? {} : { min: panel.minimum }),
      ...(panel.unit === 'percentunit' && isNearlyAll(series) ? { max: 1, interval: 0.25 } : {}),
      splitNumber: 3,
      axisLabel: {
        ...font,
        color: colours.muted,
        formatter: (value: number) => figure(value, panel.unit),
      },
      splitLine: { lineStyle: { color: colours.grid } },
    },
    tooltip: {
      ...tooltipStyle(colours),
      valueFormatter: (value: unknown) => figure(numberOf(value), panel.unit),
    },
    series: series.map(
      (one, index): LineSeriesOption => ({
        type: 'line',
        name: one.name,
        data: withGaps(one.points, frame.stepSeconds),
        showSymbol: false,
        connectNulls: false,
        lineStyle: {
          color: colourOf(panel, series, one, colours),
          width: 2,
          type: panel.queries[one.query]?.dashed === true ? 'dashed' : 'solid',
        },
        itemStyle: { color: colourOf(panel, series, one, colours) },
        // Once in a chart, under the first of its lines.
        ...(index === 0 ? { markArea: shading, markLine: thresholdLines(panel, series, colours) } : {}),
      }),
    ),
  };
}

/** Pure: one bar of time for each series, while its value is above 0. */
export function timelineChart(panel: DrawnPanel, series: readonly Series[], frame: ChartFrame) {
  const { colours } = frame;
  return {
    ...inCommon(frame),
    grid: { left: 8, right: 10, top: 4, bottom: 22 },
    yAxis: {
      type: 'category' as const,
      data: series.map(({ name }) => name),
      inverse: true,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...font,
        color: colours.ink,
        inside: true,
        margin: 4,
        verticalAlign: 'bottom' as const,
        padding: [0, 0, 5, 0],
      },
      z: 10,
    },
    tooltip: { ...tooltipStyle(colours), trigger: 'item' as const, formatter: '{a}' },
    series: series.map(
      (one, index): LineSeriesOption => ({
        type: 'line',
        name: one.name,
        data: bars(one, index, frame.stepSeconds),
        showSymbol: false,
        lineStyle: {
          color: colourOf(panel, series, one, colours),
          width: 8,
          cap: 'butt',
          opacity: one.name.endsWith('pending') ? 0.4 : 1,
        },
        itemStyle: { color: colourOf(panel, series, one, colours) },
        ...(index === 0 ? { markArea: shadeAreas(frame) } : {}),
      }),
    ),
  };
}

/** No axis beyond 100 % where nothing is. */
function isNearlyAll(series: readonly Series[]): boolean {
  const highest = highestOf(series);
  return highest > 0.8 && highest <= 1;
}

const highestOf = (series: readonly Series[]): number =>
  Math.max(0, ...series.flatMap(({ points }) => points.map(([, value]) => value ?? 0)));

function inCommon({ fromMs, toMs, colours }: ChartFrame) {
  return {
    animation: false,
    useUTC: true,
    xAxis: {
      type: 'time' as const,
      min: fromMs,
      max: toMs,
      axisLabel: { ...font, color: colours.muted, hideOverlap: true, formatter: '{HH}:{mm}:{ss}' },
      axisLine: { lineStyle: { color: colours.grid } },
      axisTick: { lineStyle: { color: colours.grid } },
      splitNumber: 4,
    },
  };
}

const tooltipStyle = (colours: Colours) => ({
  trigger: 'axis' as const,
  // Drawn into the picture: the page's policy allows no inline styles.
  renderMode: 'richText' as const,
  confine: true,
  order: 'valueDesc' as const,
  backgroundColor: colours.paper,
  borderColor: colours.grid,
  textStyle: { ...font, color: colours.ink },
  axisPointer: { lineStyle: { color: colours.muted } },
});

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Pure: points in ms, with a hole wherever a step or more is missing. */
export function withGaps(points: readonly Point[], stepSeconds: number): [number, number | null][] {
  return points.flatMap(([at, value], index): [number, number | null][] => {
    const before = points[index - 1];
    const gap = before !== undefined && at - before[0] > 1.5 * stepSeconds;
    return [...(gap ? [[before[0] * 1000 + 1, null] as [number, null]] : []), [at * 1000, value]];
  });
}

/** Pure: a series' colour by its meaning; those of one meaning are told apart by shades of it. */
export function colourOf(
  panel: Pick<DrawnPanel, 'queries'>,
  all: readonly Series[],
  one: Series,
  colours: Colours,
): string {
  const query = panel.queries[one.query];
  const colour = colours[query?.meaning ?? 'measure'];
  if (query?.shades !== true) return colour;
  const alike = all.filter(({ query: other }) => other === one.query);
  const share = alike.length < 2 ? 0 : (0.6 * alike.indexOf(one)) / (alike.length - 1);
  return mixed(colour, colours.ink, share);
}

/** Pure. @param share of the other, 0 to 1 */
export function mixed(colour: string, other: string, share: number): string {
  const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  const mix = [1, 3, 5].map((at) =>
    Math.round(channel(colour, at) * (1 - share) + channel(other, at) * share)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${mix.join('')}`;
}

/** Far above what is drawn a line would only squeeze it: those near enough to matter. */
function thresholdLines(panel: DrawnPanel, series: readonly Series[], colours: Colours) {
  const highest = highestOf(series);
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    label: { ...font, color: colours.muted, position: 'insideEndTop' as const },
    data: panel.thresholds
      .filter(({ value }) => value <= highest * 1.5)
      .map(({ value, meaning }) => ({
        yAxis: value,
        name: figure(value, panel.unit),
        label: { formatter: '{b}' },
        lineStyle: { color: colours[meaning], type: 'dashed' as const, width: 1.5 },
      })),
  };
}

function shadeAreas({ shades, colours, fromMs, toMs }: ChartFrame) {
  return {
    silent: true,
    animation: false,
    label: { ...font, color: colours.muted, position: 'insideTopLeft' as const, distance: 3 },
    data: shades
      .filter((shade) => shade.toMs > fromMs && shade.fromMs < toMs)
      .map(({ name, meaning, ...shade }): [object, object] => [
        {
          // A name that is wider than its time would stand on somebody else's.
          name: shade.toMs - shade.fromMs < 0.08 * (toMs - fromMs) ? '' : name,
          xAxis: Math.max(shade.fromMs, fromMs),
          itemStyle: { color: colours[meaning], opacity: meaning === 'excluded' ? 0.14 : 0.28 },
        },
        { xAxis: Math.min(shade.toMs, toMs) },
      ]),
  };
}

/** A time that was seen once lasts for a step. */
const bars = (one: Series, row: number, stepSeconds: number): [number, number | null][] =>
  shadesOf([one], 'measure', stepSeconds).flatMap(({ fromMs, toMs }): [number, number | null][] => [
    [fromMs, row],
    [toMs + 1000 * stepSeconds, row],
    [toMs + 1000 * stepSeconds, null],
  ]);

/** Pure: the times in which a series is above 0. */
export function shadesOf(series: readonly Series[], meaning: Meaning, stepSeconds: number): readonly Shade[] {
  return series.flatMap(({ name, points }) => {
    const spans: { name: string; meaning: Meaning; fromMs: number; toMs: number }[] = [];
    for (const [at, value] of points) {
      if (value === null || value <= 0) continue;
      const last = spans.at(-1);
      if (last !== undefined && at * 1000 - last.toMs <= 1500 * stepSeconds) last.toMs = at * 1000;
      else spans.push({ name, meaning, fromMs: at * 1000, toMs: at * 1000 });
    }
    return spans;
  });
}

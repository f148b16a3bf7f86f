import { LineChart, type LineSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { labelled, type Mark, type Shade } from './marks.ts';
import type { Limit, Plot, PlotSeries } from './plot.ts';
import { themed } from './theme.ts';

use([
  LineChart,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  SVGRenderer,
]);

const width = 880;
const height = 290;
/** Without quotes: it stands in attributes, and a plot is also a file of its own. */
export const font = 'system-ui, -apple-system, Segoe UI, sans-serif';

export interface Frame {
  /** Length of the x axis. */
  readonly seconds: number;
  readonly marks: readonly Mark[];
  readonly shades: readonly Shade[];
}

/** Draws a plot as an SVG without any script; the same bytes for the same plot, in any process and time zone. */
export function drawSvg(plot: Plot, frame: Frame): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(optionOf(plot, frame));
    return named(chart.renderToSVGString(), plot.name);
  } finally {
    // Otherwise its timers keep the process alive.
    chart.dispose();
  }
}

function optionOf(plot: Plot, frame: Frame): EChartsCoreOption {
  const muted = themed('muted');
  const tick = tickSeconds(frame.seconds);
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: font },
    title: {
      text: plot.title,
      left: 8,
      top: 4,
      textStyle: { color: themed('ink'), fontSize: 14, fontWeight: 600 },
    },
    legend: {
      right: 8,
      top: 4,
      itemWidth: 18,
      itemHeight: 8,
      itemGap: 22,
      inactiveColor: muted,
      textStyle: { color: themed('ink'), fontSize: 11 },
      data: plot.series.map((series) => ({
        name: series.name,
        icon: iconOf(series),
      })),
    },
    grid: { left: 64, right: 24, top: 68, bottom: 32 },
    xAxis: {
      type: 'value',
      min: 0,
      max: frame.seconds,
      interval: tick,
      axisLabel: { color: muted, fontSize: 11, formatter: minutes, showMaxLabel: frame.seconds % tick === 0 },
      axisLine: { show: true, lineStyle: { color: muted } },
      axisTick: { show: true, lineStyle: { color: muted } },
      splitLine: { show: false },
    },
    yAxis: {
      type: plot.scale === 'log' ? 'log' : 'value',
      min: plot.scale === 'log' ? 1 : 0,
      ...(plot.max === undefined ? {} : { max: plot.max, interval: plot.max / 4 }),
      splitNumber: 4,
      axisLabel: { color: muted, fontSize: 11, formatter: (value: number) => `${value}${plot.unit}` },
      splitLine: { lineStyle: { color: themed('grid') } },
    },
    series: [...plot.series.map(lineOf), decoration(plot.limits ?? [], frame)],
  };
}

function iconOf(series: PlotSeries): string {
  if (series.stacked) return 'roundRect';
  return series.dashed ? 'path://M0 4h7v2h-7zM11 4h7v2h-7z' : 'path://M0 4h18v2h-18z';
}

function lineOf(series: PlotSeries): LineSeriesOption {
  const colour = themed(series.colour);
  return {
    type: 'line',
    name: series.name,
    data: series.points.map(([x, y]) => [round(x), y === null ? null : round(y)]),
    showSymbol: false,
    silent: true,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: series.stacked ? 0 : 2, type: series.dashed ? 'dashed' : 'solid' },
    ...(series.stacked
      ? { stack: 'all', step: 'middle' as const, areaStyle: { color: colour, opacity: 0.85 } }
      : {}),
    ...(series.step ? { step: 'end' as const } : {}),
  };
}

/** Faults as shades, alerts as upright lines, limits as level ones: a series of its own, so that it is in no legend. */
function decoration(limits: readonly Limit[], frame: Frame): object {
  const marks = labelled(frame.marks, frame.seconds * 0.16);
  const upright = marks.map((mark) => ({
    xAxis: round(mark.second),
    lineStyle: { color: themed('page'), type: 'solid', width: 1.5 },
    label: {
      show: mark.label !== '',
      formatter: mark.label,
      position: 'end',
      align: mark.second > frame.seconds * 0.8 ? 'right' : 'left',
      color: themed('ink'),
      fontSize: 11,
    },
  }));
  const level = limits.map((limit) => ({
    yAxis: limit.value,
    lineStyle: { color: themed('threshold'), type: 'dashed', width: 1 },
    label: { formatter: limit.label, position: 'insideStartTop', color: themed('ink'), fontSize: 11 },
  }));
  return {
    type: 'line',
    name: 'decoration',
    data: [],
    silent: true,
    markLine: { silent: true, symbol: 'none', data: [...level, ...upright] },
    markArea: {
      silent: true,
      data: frame.shades.map((shade) => [
        {
          xAxis: round(shade.fromSecond),
          name: shade.label,
          itemStyle: { color: themed('fault'), opacity: 0.22 },
          label: { position: 'top', distance: 18, color: themed('ink'), fontSize: 11, fontWeight: 600 },
        },
        { xAxis: round(shade.toSecond) },
      ]),
    },
  };
}

/** ECharts numbers its drawings within the process; the plot's own name makes ids unique in a page and the same every time. */
export function named(svg: string, name: string): string {
  return svg
    .replace(/<style ?>[\s\S]*?<\/style>\s*/, '')
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/ ecmeta_[a-z_]+="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, `${name}-`)
    .replace('<svg ', `<svg role="img" aria-label="${name}" `);
}

/** A step that gives between 4 and 10 ticks. */
function tickSeconds(seconds: number): number {
  return [5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600].find((step) => seconds / step <= 10) ?? 7_200;
}

function minutes(second: number): string {
  return `${Math.floor(second / 60)}:${String(Math.round(second % 60)).padStart(2, '0')}`;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

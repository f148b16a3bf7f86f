import { BarChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { font, named } from '../report/plots/draw-svg.ts';
import { themed } from '../report/plots/theme.ts';
import { standalone } from '../report/standalone.ts';
import type { Comparison, RowResult } from './comparison-result.ts';
import { noSpan, rowLabel, spanText } from './row-words.ts';

use([BarChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

const width = 880;
const rowHeight = 54;
const around = 124;
/** Beyond the longest bar, for what stands beside it. */
const roomForText = 1.35;

const series = {
  writeOutage: 'no write acknowledged',
  recovery: 'until users are served again',
  page: 'paged',
} as const;

/** Pure: the rows one below the other, as an SVG that stands alone; the same bytes for the same comparison, in any process. */
export function drawComparison(comparison: Comparison): string {
  const height = around + rowHeight * comparison.rows.length;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(optionOf(comparison));
    return `${standalone(named(chart.renderToSVGString(), 'comparison'))}\n`;
  } finally {
    // Otherwise its timers keep the process alive.
    chart.dispose();
  }
}

function optionOf({ experiment, title, rps, holdMs, rows }: Comparison): EChartsCoreOption {
  const [ink, muted] = [themed('ink'), themed('muted')];
  const names = rows.map((row) => `level ${rowLabel(row, rows)}`);
  const hold = holdMs / 1000;
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: font },
    title: {
      text: `${experiment}: ${title}`,
      subtext: `${rps} requests a second on every level, seconds after the fault`,
      left: 8,
      top: 4,
      textStyle: { color: ink, fontSize: 14, fontWeight: 600 },
      subtextStyle: { color: muted, fontSize: 11 },
    },
    legend: {
      right: 8,
      top: 26,
      itemWidth: 14,
      itemHeight: 8,
      itemGap: 22,
      textStyle: { color: ink, fontSize: 11 },
      data: Object.values(series).map((name) => ({ name })),
    },
    grid: { left: 214, right: 24, top: 78, bottom: 28 },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.ceil((hold * roomForText) / 10) * 10,
      axisLabel: {
        color: muted,
        fontSize: 11,
        formatter: (value: number) => `${value} s`,
        showMaxLabel: false,
      },
      splitLine: { lineStyle: { color: themed('grid') } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisLabel: { color: ink, fontSize: 12 },
      axisLine: { lineStyle: { color: muted } },
      axisTick: { show: false },
    },
    series: [
      bars('writeOutage', themed('bad'), rows, holdMs),
      {
        ...bars('recovery', themed('measure'), rows, holdMs),
        markLine: healedByUs(hold),
      },
      {
        type: 'scatter',
        name: series.page,
        symbol: 'diamond',
        symbolSize: 13,
        silent: true,
        z: 3,
        itemStyle: { color: themed('page'), borderColor: themed('paper'), borderWidth: 1 },
        data: rows.flatMap(({ figures }, index) =>
          figures === undefined || figures.pagedMs === null ? [] : [[figures.pagedMs / 1000, index]],
        ),
      },
    ],
  };
}

function bars(
  of: 'writeOutage' | 'recovery',
  color: string,
  rows: readonly RowResult[],
  holdMs: number,
): object {
  return {
    type: 'bar',
    name: series[of],
    silent: true,
    barWidth: 14,
    barGap: '20%',
    itemStyle: { color },
    data: rows.map(({ figures, verdict }) => {
      const span = figures?.[of] ?? null;
      const ms = span?.healedByUs ? holdMs : (span?.ms ?? 0);
      const text = figures === undefined ? verdict : spanText(span, holdMs, noSpan[of]);
      return {
        value: ms / 1000,
        label: { show: true, position: 'right', color: themed('ink'), fontSize: 11, formatter: text },
      };
    }),
  };
}

/** From here on nobody knows how long a level would have been down. */
const healedByUs = (hold: number): object => ({
  silent: true,
  symbol: 'none',
  lineStyle: { color: themed('threshold'), type: 'dashed', width: 1 },
  label: { formatter: 'the fault is taken out', position: 'start', color: themed('ink'), fontSize: 11 },
  data: [{ xAxis: hold }],
});

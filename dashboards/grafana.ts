import { palette } from '@firedrill/slo/palette';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type DynamicConfigValue,
  type Dashboard as GrafanaDashboard,
  type Panel as GrafanaPanel,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dashboard, Panel, PanelQuery } from './panel.ts';

const datasource = { type: 'prometheus', uid: '$datasource' };

type AnyPanelBuilder = StatBuilder | TimelineBuilder | TimeseriesBuilder;

/** Pure: a dashboard as Grafana's JSON model. */
export function toGrafana(dashboard: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.uid)
    .description(dashboard.description)
    .tags(['firedrill', 'generated'])
    .readonly()
    .refresh('5s')
    .time({ from: 'now-15m', to: 'now' })
    .timezone('utc')
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
  for (const { name, label, metric, valuesOf } of dashboard.variables) {
    builder.withVariable(
      new QueryVariableBuilder(name)
        .label(label)
        .datasource(datasource)
        .query(`label_values(${metric}, ${valuesOf})`)
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .sort(VariableSort.AlphabeticalAsc)
        .multi(true)
        .includeAll(true)
        .current({ text: 'All', value: '$__all' }),
    );
  }
  for (const { name, expr, meaning, text } of dashboard.annotations) {
    builder.annotation(
      new AnnotationQueryBuilder()
        .name(name)
        .datasource(datasource)
        .enable(true)
        .iconColor(palette[meaning])
        .expr(expr)
        .titleFormat(name)
        .textFormat(text),
    );
  }
  let id = 0;
  for (const row of dashboard.rows) {
    builder.withRow(new RowBuilder(row.title).id(++id));
    for (const panel of row.panels) builder.withPanel(panelBuilder(panel, ++id));
  }
  return builder.build();
}

function panelBuilder(panel: Panel, id: number): Builder<GrafanaPanel> {
  const builder = inCommon(panel, bare(panel)).id(id);
  for (const [index, query] of panel.queries.entries()) {
    const refId = String.fromCharCode('A'.charCodeAt(0) + index);
    builder.withTarget(target(panel, query, refId));
    if (panel.kind !== 'stat') builder.overrideByQuery(refId, lookOf(query));
  }
  return builder;
}

function bare(panel: Panel): AnyPanelBuilder {
  switch (panel.kind) {
    case 'stat':
      return new StatBuilder()
        .colorMode(BigValueColorMode.Value)
        .graphMode(BigValueGraphMode.None)
        .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
    case 'timeline':
      return new TimelineBuilder().showValue(VisibilityMode.Never).mergeValues(true);
    case 'timeseries': {
      const builder = new TimeseriesBuilder().lineWidth(2).fillOpacity(0).showPoints(VisibilityMode.Never);
      if (panel.thresholds === undefined) return builder;
      return builder.thresholdsStyle(
        new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed),
      );
    }
  }
}

function inCommon(panel: Panel, builder: AnyPanelBuilder): AnyPanelBuilder {
  builder
    .title(panel.title)
    .description(panel.description)
    .datasource(datasource)
    .unit(panel.unit)
    .span(panel.width)
    .height(panel.height);
  if (panel.minimum !== undefined) builder.min(panel.minimum);
  if (panel.repeat !== undefined)
    builder
      .repeat(panel.repeat)
      .repeatDirection('h')
      .maxPerRow(24 / panel.width);
  if (panel.thresholds !== undefined) {
    const base = { value: null, color: panel.base === undefined ? 'transparent' : palette[panel.base] };
    const steps = panel.thresholds.map(({ value, meaning }) => ({ value, color: palette[meaning] }));
    builder.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([base, ...steps]));
  }
  return builder;
}

function target(panel: Panel, query: PanelQuery, refId: string): DataqueryBuilder {
  const builder = new DataqueryBuilder()
    .refId(refId)
    .datasource(datasource)
    .expr(query.expr)
    .legendFormat(query.legend);
  return panel.kind === 'stat' ? builder.instant() : builder.range();
}

function lookOf(query: PanelQuery): DynamicConfigValue[] {
  const mode = query.shades === true ? 'shades' : 'fixed';
  const colour = { id: 'color', value: { mode, fixedColor: palette[query.meaning] } };
  const dashes = { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 4] } };
  return query.dashed === true ? [colour, dashes] : [colour];
}

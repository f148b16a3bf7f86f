import { palette } from '@firedrill/slo/palette';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LogsSortOrder,
  ReduceDataOptionsBuilder,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  type Panel as GrafanaPanel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as LogsBuilder } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder as LogqlBuilder } from '@grafana/grafana-foundation-sdk/loki';
import { DataqueryBuilder as PromqlBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { linksOf } from './grafana-links.ts';
import type { Panel, PanelQuery } from './panel.ts';

export const prometheusSource = { type: 'prometheus', uid: '$datasource' };
const lokiSource = { type: 'loki', uid: '$logs' };

const sourceOf = ({ source }: Panel) => (source === 'loki' ? lokiSource : prometheusSource);

type AnyPanelBuilder = StatBuilder | TimelineBuilder | TimeseriesBuilder | LogsBuilder;

/** Pure: a panel as Grafana draws it. */
export function panelBuilder(panel: Panel, id: number): Builder<GrafanaPanel> {
  const builder = inCommon(panel, bare(panel)).id(id);
  for (const [index, query] of panel.queries.entries()) {
    const refId = String.fromCharCode('A'.charCodeAt(0) + index);
    builder.withTarget(target(panel, query, refId));
    if (panel.kind === 'timeseries' || panel.kind === 'timeline')
      builder.overrideByQuery(refId, lookOf(query));
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
    case 'logs':
      return new LogsBuilder()
        .showTime(true)
        .wrapLogMessage(true)
        .enableLogDetails(true)
        .sortOrder(LogsSortOrder.Descending);
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
    .datasource(sourceOf(panel))
    .links(linksOf(panel))
    .unit(panel.unit)
    .span(panel.width)
    .height(panel.height);
  if (panel.minimum !== undefined) builder.min(panel.minimum);
  if (panel.repeat !== undefined)
    builder
      .repeat(panel.repeat)
      .repeatDirection('h')
      .maxPerRow(24 / panel.width);
  // Without any, Grafana brings its own: green, and red from 80.
  if (panel.thresholds !== undefined || panel.base !== undefined) {
    const base = { value: null, color: panel.base === undefined ? 'transparent' : palette[panel.base] };
    const steps = (panel.thresholds ?? []).map(({ value, meaning }) => ({ value, color: palette[meaning] }));
    builder.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([base, ...steps]));
  }
  return builder;
}

function target(panel: Panel, query: PanelQuery, refId: string): Builder<Dataquery> {
  if (panel.source === 'loki') {
    return new LogqlBuilder()
      .refId(refId)
      .datasource(lokiSource)
      .expr(query.expr)
      .legendFormat(query.legend)
      .queryType('range');
  }
  const builder = new PromqlBuilder()
    .refId(refId)
    .datasource(prometheusSource)
    .expr(query.expr)
    .legendFormat(query.legend);
  return panel.kind === 'stat' ? builder.instant() : builder.range().exemplar(showsExemplars(query));
}

/** Histograms of the shop carry the traces of single requests. */
const showsExemplars = ({ expr }: PanelQuery): boolean => expr.includes('_duration_seconds_bucket');

function lookOf(query: PanelQuery): DynamicConfigValue[] {
  const mode = query.shades === true ? 'shades' : 'fixed';
  const colour = { id: 'color', value: { mode, fixedColor: palette[query.meaning] } };
  const dashes = { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 4] } };
  return query.dashed === true ? [colour, dashes] : [colour];
}

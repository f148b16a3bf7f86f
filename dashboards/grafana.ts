import { palette } from '@firedrill/slo/palette';
import {
  AnnotationQueryBuilder,
  ConstantVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Dashboard as GrafanaDashboard,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { panelBuilder, prometheusSource } from './grafana-panel.ts';
import type { Dashboard } from './panel.ts';

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
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'))
    .withVariable(new DatasourceVariableBuilder('logs').label('Loki').type('loki'))
    .withVariable(new DatasourceVariableBuilder('traces').label('Jaeger').type('jaeger'));
  addVariables(builder, dashboard);
  for (const { name, expr, meaning, text } of dashboard.annotations) {
    builder.annotation(
      new AnnotationQueryBuilder()
        .name(name)
        .datasource(prometheusSource)
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

function addVariables(builder: DashboardBuilder, { level, variables }: Dashboard): void {
  if (level !== undefined) {
    builder.withVariable(new ConstantVariableBuilder('service').value(level.service));
  }
  for (const { name, label, metric, valuesOf } of variables) {
    builder.withVariable(
      new QueryVariableBuilder(name)
        .label(label)
        .datasource(prometheusSource)
        .query(`label_values(${metric}, ${valuesOf})`)
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .sort(VariableSort.AlphabeticalAsc)
        .multi(true)
        .includeAll(true)
        .current({ text: 'All', value: '$__all' }),
    );
  }
}

import type { Meaning } from '@firedrill/slo/palette';

/** One query of a panel, PromQL or LogQL. `$service` and `$slo` are regular expressions that the viewer chooses. */
export interface PanelQuery {
  readonly expr: string;
  /** Grafana's legend template. */
  readonly legend: string;
  /** The colour of all its series. */
  readonly meaning: Meaning;
  readonly dashed?: boolean;
  /** Several series of one meaning: told apart by shades of its colour. */
  readonly shades?: boolean;
  /** Where no data is no fault: there may be no alert. */
  readonly mayBeEmpty?: boolean;
}

export interface PanelThreshold {
  readonly value: number;
  readonly meaning: Meaning;
}

/** A panel as data: what draws it (Grafana, or the page of `pnpm dash`) is somebody else's. */
export interface Panel {
  readonly title: string;
  readonly description: string;
  readonly kind: 'stat' | 'timeseries' | 'timeline' | 'logs';
  readonly unit: 'percentunit' | 'short' | 'reqps' | 's' | 'bytes' | 'ops';
  /** Who is asked; Prometheus by default. */
  readonly source?: 'loki';
  readonly queries: readonly PanelQuery[];
  /** Lines (time series) or steps (stat), ascending. */
  readonly thresholds?: readonly PanelThreshold[];
  /** Below the first threshold, for a stat. */
  readonly base?: Meaning;
  readonly minimum?: number;
  /** Out of 24. */
  readonly width: number;
  readonly height: number;
  /** One panel for each value of this variable. */
  readonly repeat?: 'slo';
  /** The alert whose runbook helps with what it shows. */
  readonly runbook?: string;
}

export interface Row {
  readonly title: string;
  /** The lowest level that has what it shows; 1 by default. Below it the row is empty. */
  readonly fromLevel?: number;
  readonly panels: readonly Panel[];
}

export interface Variable {
  readonly name: 'service' | 'slo';
  readonly label: string;
  /** `label_values(<metric>, <label>)`. */
  readonly metric: string;
  readonly valuesOf: string;
}

/** A time that every panel shades: while the query has a value above 0. */
export interface Annotation {
  readonly name: string;
  readonly expr: string;
  readonly meaning: Meaning;
  readonly text: string;
}

export interface Dashboard {
  /** Also the file's name; alerts name it in their annotation `dashboard`. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  /** The one level that it shows: its `$service` is that level's, and nobody chooses. */
  readonly level?: { readonly number: number; readonly service: string };
  readonly rows: readonly Row[];
  readonly annotations: readonly Annotation[];
}

/** What stands for the variables. */
export type VariableValues = Readonly<Partial<Record<Variable['name'], string>>>;

/** Pure: a query with its variables replaced; by "all" where no value is given. */
export const filled = (expr: string, values: VariableValues = {}): string =>
  expr.replaceAll(/\$(service|slo)\b/g, (_, name: Variable['name']) => values[name] ?? '.+');

export interface DashboardQuery {
  readonly panel: string;
  readonly source: 'prometheus' | 'loki';
  readonly expr: string;
  readonly mayBeEmpty: boolean;
  /** The lowest level at which it has data. */
  readonly fromLevel: number;
}

/** Pure: every query of a dashboard, its variables replaced by "all", so that Prometheus and Loki can be asked. */
export function queriesOf(dashboard: Dashboard): readonly DashboardQuery[] {
  const values = dashboard.level === undefined ? {} : { service: dashboard.level.service };
  return [
    ...dashboard.rows.flatMap((row) =>
      row.panels.flatMap((panel) =>
        panel.queries.map((query) => ({
          panel: panel.title,
          source: panel.source ?? ('prometheus' as const),
          expr: filled(query.expr, values),
          mayBeEmpty: query.mayBeEmpty === true,
          fromLevel: row.fromLevel ?? 1,
        })),
      ),
    ),
    ...dashboard.variables.map(({ name, metric }) => ({
      panel: `variable ${name}`,
      source: 'prometheus' as const,
      expr: filled(metric, values),
      mayBeEmpty: false,
      fromLevel: 1,
    })),
    ...dashboard.annotations.map(({ name, expr }) => ({
      panel: `annotation ${name}`,
      source: 'prometheus' as const,
      expr: filled(expr, values),
      mayBeEmpty: true,
      fromLevel: 1,
    })),
  ];
}

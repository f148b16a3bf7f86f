import type { Meaning } from '@firedrill/slo/palette';

/** One query of a panel. `$service` and `$slo` are regular expressions that the viewer chooses. */
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

interface PanelThreshold {
  readonly value: number;
  readonly meaning: Meaning;
}

/** A panel as data: what draws it (Grafana here) is somebody else's. */
export interface Panel {
  readonly title: string;
  readonly description: string;
  readonly kind: 'stat' | 'timeseries' | 'timeline';
  readonly unit: 'percentunit' | 'short' | 'reqps' | 's' | 'bytes' | 'ops';
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
}

export interface Row {
  readonly title: string;
  /** The lowest level that has what it shows; 1 by default. Below it the row is empty. */
  readonly fromLevel?: number;
  readonly panels: readonly Panel[];
}

interface Variable {
  readonly name: string;
  readonly label: string;
  /** `label_values(<metric>, <label>)`. */
  readonly metric: string;
  readonly valuesOf: string;
}

export interface Dashboard {
  /** Also the file's name; alerts name it in their annotation `dashboard`. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
  readonly annotations: readonly {
    readonly name: string;
    readonly expr: string;
    readonly meaning: Meaning;
    readonly text: string;
  }[];
}

export interface DashboardQuery {
  readonly panel: string;
  readonly expr: string;
  readonly mayBeEmpty: boolean;
  /** The lowest level at which it has data. */
  readonly fromLevel: number;
}

/** Every query of a dashboard, its variables replaced by "all", so that Prometheus can be asked. */
export function queriesOf(dashboard: Dashboard): readonly DashboardQuery[] {
  const all = (expr: string): string => expr.replaceAll(/\$(service|slo)\b/g, '.+');
  return [
    ...dashboard.rows.flatMap((row) =>
      row.panels.flatMap((panel) =>
        panel.queries.map((query) => ({
          panel: panel.title,
          expr: all(query.expr),
          mayBeEmpty: query.mayBeEmpty === true,
          fromLevel: row.fromLevel ?? 1,
        })),
      ),
    ),
    ...dashboard.variables.map(({ name, metric }) => ({
      panel: `variable ${name}`,
      expr: all(metric),
      mayBeEmpty: false,
      fromLevel: 1,
    })),
    ...dashboard.annotations.map(({ name, expr }) => ({
      panel: `annotation ${name}`,
      expr: all(expr),
      mayBeEmpty: true,
      fromLevel: 1,
    })),
  ];
}

import { sloCatalogue } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { type Dashboard, filled, type Panel, type PanelQuery } from '../../panel.ts';

export interface DrawnQuery {
  readonly expr: string;
  readonly legend: string;
  readonly meaning: PanelQuery['meaning'];
  readonly dashed: boolean;
  readonly shades: boolean;
}

/** A panel with nothing left to choose: what the page draws. */
export interface DrawnPanel
  extends Pick<Panel, 'title' | 'description' | 'kind' | 'unit' | 'width' | 'height'> {
  /** Unique in its board. */
  readonly id: string;
  readonly source: 'prometheus' | 'loki';
  readonly queries: readonly DrawnQuery[];
  readonly thresholds: NonNullable<Panel['thresholds']>;
  readonly base: Panel['base'] | null;
  readonly minimum: number | null;
  readonly runbook: string | null;
}

/** Times that every panel of a board shades, by a query of its own. */
export interface DrawnAnnotation {
  readonly id: string;
  readonly name: string;
  readonly meaning: PanelQuery['meaning'];
  readonly expr: string;
}

export interface DrawnBoard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly { readonly title: string; readonly panels: readonly DrawnPanel[] }[];
  readonly annotations: readonly DrawnAnnotation[];
}

/** Pure: a dashboard at one level: what that level has not left out, one panel for each objective where they repeat. */
export function drawnBoard(dashboard: Dashboard, level: number): DrawnBoard {
  const { service } = levelByNumber(level);
  const slos = sloCatalogue(level).map(({ name }) => name);
  let count = 0;
  const panelOf = (panel: Panel, slo: string | undefined): DrawnPanel => {
    const values = slo === undefined ? { service } : { service, slo };
    return {
      id: `p${count++}`,
      title: slo === undefined ? panel.title : panel.title.replaceAll('$slo', slo),
      description: panel.description,
      kind: panel.kind,
      unit: panel.unit,
      width: panel.width,
      height: panel.height,
      source: panel.source ?? 'prometheus',
      queries: panel.queries.map(({ expr, legend, meaning, dashed = false, shades = false }) => ({
        expr: filled(expr, values),
        legend,
        meaning,
        dashed,
        shades,
      })),
      thresholds: panel.thresholds ?? [],
      base: panel.base ?? null,
      minimum: panel.minimum ?? null,
      runbook: panel.runbook ?? null,
    };
  };
  return {
    uid: dashboard.uid,
    title: dashboard.title,
    description: dashboard.description,
    rows: dashboard.rows
      .filter(({ fromLevel = 1 }) => fromLevel <= level)
      .map(({ title, panels }) => ({
        title,
        panels: panels.flatMap((panel) =>
          panel.repeat === 'slo' ? slos.map((slo) => panelOf(panel, slo)) : [panelOf(panel, undefined)],
        ),
      })),
    annotations: dashboard.annotations.map(({ name, meaning, expr }, index) => ({
      id: `a${index}`,
      name,
      meaning,
      expr: filled(expr, { service }),
    })),
  };
}

/** Pure: the boards that a level has: each but those of other levels. */
export const boardsOf = (dashboards: readonly Dashboard[], level: number): readonly Dashboard[] =>
  dashboards.filter((dashboard) => dashboard.level === undefined || dashboard.level.number === level);

import type { ReportData } from '../report-data.ts';

/** One line or area of a plot; its points are seconds since the load began, and a value (null breaks the line). */
export interface PlotSeries {
  readonly name: string;
  readonly colour: ThemeColour;
  readonly points: readonly (readonly [number, number | null])[];
  /** Filled down to the axis, on top of the other stacked ones. */
  readonly stacked?: boolean;
  /** Steps instead of slopes: a count that jumps. */
  readonly step?: boolean;
  readonly dashed?: boolean;
}

/** A horizontal line with its name. */
export interface Limit {
  readonly value: number;
  readonly label: string;
}

/** A drawing as data, without any library. */
export interface Plot {
  /** The file's name without `.svg`. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly scale?: 'linear' | 'log';
  readonly series: readonly PlotSeries[];
  readonly limits?: readonly Limit[];
  /** Highest value of the axis; by default what the series need. */
  readonly max?: number;
}

/** What a colour means; each theme has its own shade of it (see theme.ts). */
export type ThemeColour = 'good' | 'bad' | 'slow' | 'excluded' | 'measure' | 'page' | 'threshold';

/** Pure: `undefined` when the run has nothing to draw. */
export type MakePlot = (data: ReportData) => Plot | undefined;

import type { LogLine, PanelData, Point, Series } from '../boards/series.ts';

/** What is known of a panel so far. */
export interface StoredPanel {
  readonly series: readonly Series[];
  readonly lines: readonly LogLine[];
  readonly problem: string | null;
  /** The last second that was asked for; `undefined`: nothing was answered yet. */
  readonly toSeconds: number | undefined;
}

export const emptyPanel: StoredPanel = { series: [], lines: [], problem: null, toSeconds: undefined };

/** Asked again each time, seconds: a rule is evaluated and a line arrives a moment late. */
export const overlapSeconds = 10;

const linesKept = 200;

interface Span {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/**
 * Pure: what is known, with an answer for a span. Inside the span the answer counts; what left the window is forgotten.
 * @param oldest the window's begin, seconds
 */
export function merged(before: StoredPanel, data: PanelData, span: Span, oldest: number): StoredPanel {
  if (data.problem !== null) return { ...before, problem: data.problem };
  const series = new Map<string, Series>();
  for (const one of before.series) {
    const points = one.points.filter(([at]) => at >= oldest && at < span.fromSeconds);
    if (points.length > 0) series.set(keyOf(one), { ...one, points });
  }
  for (const one of data.series) {
    const known: readonly Point[] = series.get(keyOf(one))?.points ?? [];
    series.set(keyOf(one), { ...one, points: [...known, ...one.points] });
  }
  return {
    series: [...series.values()].toSorted((a, b) => a.query - b.query || a.name.localeCompare(b.name)),
    lines: newestLines([...data.lines, ...before.lines]),
    problem: null,
    toSeconds: span.toSeconds,
  };
}

const keyOf = ({ query, name }: Series): string => `${query} ${name}`;

function newestLines(lines: readonly LogLine[]): readonly LogLine[] {
  const once = new Map(lines.map((line) => [`${line.at} ${line.part} ${line.text}`, line]));
  return [...once.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, linesKept);
}

/** Pure: the newest value of a series; `null` where it has ended. */
export function lastOf({ points }: Series, toSeconds: number | undefined): number | null {
  const last = points.at(-1);
  if (last === undefined || (toSeconds !== undefined && last[0] < toSeconds - overlapSeconds)) return null;
  return last[1];
}

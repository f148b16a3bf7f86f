import { windows } from '../page/windows.ts';
import { askData, type QueryResult, resultSchema } from '../watch/ask-api.ts';
import { reason } from '../watch/part.ts';
import type { DrawnBoard, DrawnPanel, DrawnQuery } from './drawn-board.ts';
import { legendOf } from './legend.ts';

/** Seconds since the epoch and what was then; `null`: not a number. */
export type Point = readonly [seconds: number, value: number | null];

export interface Series {
  /** Which of the panel's queries. */
  readonly query: number;
  readonly name: string;
  readonly points: readonly Point[];
}

export interface LogLine {
  /** Nanoseconds since the epoch, as Loki has it. */
  readonly at: string;
  readonly part: string;
  readonly severity: string;
  readonly text: string;
  readonly trace: string | null;
}

/** What a panel or an annotation has to draw. */
export interface PanelData {
  readonly series: readonly Series[];
  readonly lines: readonly LogLine[];
  readonly problem: string | null;
}

/** Both ends on whole steps, so that what is asked again comes out the same. */
export interface Span {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly stepSeconds: number;
}

export interface Sources {
  readonly prometheus: string;
  readonly loki: string;
}

/** Pure: what to ask for: the whole window, or what came since `from`. */
export function spanOf(windowSeconds: number, from: number | undefined, nowMs: number): Span | undefined {
  const step = windows[windowSeconds];
  if (step === undefined) return undefined;
  const whole = (seconds: number): number => Math.floor(seconds / step) * step;
  const toSeconds = whole(nowMs / 1000);
  const first = toSeconds - windowSeconds;
  const since = from === undefined || !Number.isFinite(from) ? first : whole(from);
  return { fromSeconds: Math.min(Math.max(first, since), toSeconds), toSeconds, stepSeconds: step };
}

/** Asks for the panels and annotations of a board that are named. */
export async function readPanels(
  board: DrawnBoard,
  ids: ReadonlySet<string>,
  sources: Sources,
  span: Span,
): Promise<Readonly<Record<string, PanelData>>> {
  const panels = board.rows.flatMap((row) => row.panels).filter(({ id }) => ids.has(id));
  const shading = board.annotations
    .filter(({ id }) => ids.has(id))
    .map(({ id, expr, name, meaning }) => ({
      id,
      kind: 'timeseries' as const,
      source: 'prometheus' as const,
      queries: [{ expr, legend: name, meaning, dashed: false, shades: false }],
    }));
  const all = [...panels, ...shading];
  return Object.fromEntries(
    await Promise.all(all.map(async (one) => [one.id, await readPanel(one, sources, span)] as const)),
  );
}

type Asked = Pick<DrawnPanel, 'kind' | 'source' | 'queries'>;

async function readPanel({ kind, source, queries }: Asked, sources: Sources, span: Span): Promise<PanelData> {
  try {
    const answers = await Promise.all(queries.map((query) => ask(source, kind, query, sources, span)));
    return {
      series: answers.flatMap((answer, index) => seriesOf(answer, index, queries[index]!.legend)),
      lines: answers.flatMap(linesOf).toSorted((a, b) => (a.at < b.at ? 1 : -1)),
      problem: null,
    };
  } catch (error) {
    return { series: [], lines: [], problem: reason(error) };
  }
}

/** Lines that a panel of logs shows. */
const lineLimit = '100';

function ask(
  source: DrawnPanel['source'],
  kind: DrawnPanel['kind'],
  { expr }: DrawnQuery,
  sources: Sources,
  { fromSeconds, toSeconds, stepSeconds }: Span,
): Promise<QueryResult> {
  if (source === 'prometheus' && kind === 'stat') {
    return askData('Prometheus', `${sources.prometheus}/api/v1/query`, resultSchema, { query: expr });
  }
  const words = {
    query: expr,
    start: String(fromSeconds),
    end: String(toSeconds),
    step: `${stepSeconds}s`,
  };
  if (source === 'prometheus') {
    return askData('Prometheus', `${sources.prometheus}/api/v1/query_range`, resultSchema, words);
  }
  // The end is not included, and a line is a moment late.
  const whole = { ...words, end: String(toSeconds + 1), limit: lineLimit };
  return askData('Loki', `${sources.loki}/loki/api/v1/query_range`, resultSchema, whole);
}

/** Pure: the answer's numbers; none where it is lines. */
export function seriesOf(answer: QueryResult, query: number, legend: string): readonly Series[] {
  if (answer.resultType === 'streams') return [];
  return answer.result.map((series) => ({
    query,
    name: legendOf(legend, series.metric),
    points: ('values' in series ? series.values : [series.value]).map(
      ([seconds, text]): Point => [seconds, finite(text)],
    ),
  }));
}

function finite(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function linesOf(answer: QueryResult): readonly LogLine[] {
  if (answer.resultType !== 'streams') return [];
  return answer.result.flatMap(({ stream, values }) =>
    values.map(([at, text]) => ({
      at,
      part: stream['service_instance_id'] ?? stream['service_name'] ?? '',
      severity: stream['severity_text'] ?? stream['severity_number'] ?? '',
      text,
      trace: stream['trace_id'] ?? null,
    })),
  );
}

import type { Comparison, Figures, RowResult, Span } from './comparison-result.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Pure: `21.9 s`, `≥ 120 s (healed by us)`, or what stands where there was nothing of it. */
export function spanText(span: Span | null, holdMs: number, otherwise: string): string {
  if (span === null) return otherwise;
  return span.healedByUs ? `≥ ${Number((holdMs / 1000).toFixed(1))} s (healed by us)` : seconds(span.ms);
}

/** What stands for a {@link Span} that there was not. */
export const noSpan = { writeOutage: 'none', recovery: 'never hurt' } as const;

/** Pure: `2`; of a level with two rows `3, untouched` and `3, promoted by its runbook`. */
export function rowLabel({ level, answered, figures }: RowResult, rows: readonly RowResult[]): string {
  if (answered === 'nobody')
    return rows.some((other) => other.level === level && other.answered === 'runbook')
      ? `${level}, untouched`
      : String(level);
  const promoted = figures?.levers.some(({ words }) => words.startsWith('promote '));
  return `${level}, ${promoted === true ? 'promoted' : 'answered'} by its runbook`;
}

/** Lost as acknowledged; what a promotion may lose is never silent. */
const lostText = ({ lost, lostInPromise }: Figures): string =>
  lostInPromise === 0 ? String(lost) : `${lost} (${lostInPromise} writes in promise)`;

export const rowHead = [
  'level',
  'no write acknowledged',
  'failed requests',
  'as full outage',
  '30-day budget',
  'paged after',
  'by the yardstick',
  'served again after',
  'orders lost',
] as const;

const paged = (ms: number | null): string => (ms === null ? 'no page' : seconds(ms));

/** Pure: a row as {@link rowHead} says; of one that came to no figures its verdict. */
export function rowWords(row: RowResult, { rows, holdMs }: Pick<Comparison, 'rows' | 'holdMs'>): string[] {
  const label = rowLabel(row, rows);
  const { figures, verdict } = row;
  if (figures === undefined) return [label, verdict, ...rowHead.slice(2).map(() => '–')];
  return [
    verdict === 'pass' ? label : `${label} (${verdict})`,
    spanText(figures.writeOutage, holdMs, noSpan.writeOutage),
    `${figures.failedRequests} of ${figures.requests}`,
    `${figures.fullOutageSeconds.toFixed(1)} s`,
    `${figures.percentOf30d.toFixed(3)} %`,
    figures.page === null ? paged(null) : `${paged(figures.pagedMs)} (${figures.page})`,
    paged(figures.yardstickPageMs),
    spanText(figures.recovery, holdMs, noSpan.recovery),
    lostText(figures),
  ];
}

/** Pure: what is the same in every row, and what is each level's own. */
export function conditionsText({ seed, rps, holdMs, yardstick, rows }: Comparison): string {
  const own = [...new Map(rows.map(({ level, objective }) => [level, objective]))];
  const held = Number((holdMs / 1000).toFixed(1));
  const pages = own.map(([level, objective]) => `level ${level}: ${objective} %`).join(', ');
  return [
    `Everywhere the same ${rps} requests a second of the same mix (seed ${seed}), the fault in for ${held} s, and the budget counted by ${yardstick.slo} at ${yardstick.objective} %.`,
    `The page is by each level's own objective (${pages}); by the yardstick it is worked out of the run's own requests.`,
  ].join(' ');
}

/** Pure: where the hold turned out to be too short to tell a recovery from a heal. */
export const holdProblem = ({ heldLongEnough }: Comparison): readonly string[] =>
  heldLongEnough ? [] : ['the hold was less than three times the slowest recovery: give a longer `--hold`'];

import { z } from 'zod';
import type { Latest } from './latest-result.ts';

const figuresSchema = z.object({ meanMs: z.number(), blocks: z.number() });

/** What `pnpm bench long-join` measured. */
export const longJoinResultSchema = z.object({
  date: z.iso.date(),
  commit: z.string(),
  rows: z.record(z.string(), z.number()),
  rounds: z.number().int(),
  asked: z.record(z.string(), z.record(z.string(), figuresSchema)),
  plans: z.record(z.string(), z.array(z.string())),
});
type LongJoinResult = z.infer<typeof longJoinResultSchema>;

/** Pure: a row for each way of asking, a column for each who asks, and the plans below. */
export function longJoinTable({ file, result }: Latest<LongJoinResult>): string {
  const { asked, plans, rows, rounds, date, commit } = result;
  const askers = Object.entries(asked);
  const cell = ({ meanMs, blocks }: z.infer<typeof figuresSchema>) => `${meanMs.toFixed(2)} ms, ${blocks}`;
  const lines = Object.keys(plans).map(
    (way) =>
      `| ${[way, ...askers.map(([, ways]) => (ways[way] === undefined ? '' : cell(ways[way])))].join(' | ')} |`,
  );
  const shown = Object.entries(plans).flatMap(([way, plan]) => [
    `<details><summary>Plan: ${way}</summary>`,
    '',
    '```text',
    ...plan,
    '```',
    '',
    '</details>',
    '',
  ]);
  return [
    `| | ${askers.map(([who]) => who).join(' | ')} |`,
    `|---|${askers.map(() => '---:').join('|')}|`,
    ...lines,
    '',
    `Mean time and 8 kB blocks of one page, on ${rows['customer_order']} orders, ${rows['order_line']} lines and ${rows['order_return']} returns; ${rounds} interleaved rounds, by \`EXPLAIN (ANALYZE, BUFFERS)\`. All three answer the same; the last one is the shop's. Measured on ${date} at commit \`${commit}\` ([data](results/${file})); \`pnpm bench long-join\` measures again. The plans are those of the first column.`,
    '',
    ...shown.slice(0, -1),
  ].join('\n');
}

import { z } from 'zod';
import type { Latest } from './latest-result.ts';

const figuresSchema = z.object({
  meanMs: z.number(),
  blocks: z.number(),
  scans: z.array(z.string()),
});

/** What `pnpm bench indexes` measured. */
export const indexResultSchema = z.object({
  date: z.iso.date(),
  commit: z.string(),
  rows: z.record(z.string(), z.number()),
  migrations: z.array(z.string()),
  statements: z.record(z.string(), z.object({ before: figuresSchema, after: figuresSchema })),
});
type IndexResult = z.infer<typeof indexResultSchema>;
type Figures = z.infer<typeof figuresSchema>;

/** Pure: the statements, those that read most first. */
export function indexTable({ file, result }: Latest<IndexResult>): string {
  const rows = Object.entries(result.statements)
    .toSorted(([, a], [, b]) => b.before.blocks - a.before.blocks)
    .map(([name, { before, after }]) =>
      [
        name,
        `${milliseconds(before)} → ${milliseconds(after)}`,
        `${before.blocks} → ${after.blocks}`,
        readHow(before, after),
      ].join(' | '),
    );
  const { customer_order: orders, review: reviews } = result.rows;
  return [
    '| Statement | Mean, ms | 8 kB blocks a call | Read how, where it changed |',
    '|---|---:|---:|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Before and after ${result.migrations.map((name) => `\`${name}\``).join(', ')}, on ${orders} orders and ${reviews} reviews, asked by ten customers with 2,000 orders each and ten others; times by \`pg_stat_statements\`, plans by \`auto_explain\` (which makes them longer). Blocks do not depend on what else the machine does. Measured on ${result.date} at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench indexes\` measures again.`,
  ].join('\n');
}

const milliseconds = ({ meanMs }: Figures): string => (meanMs < 1 ? meanMs.toFixed(2) : meanMs.toFixed(1));

function readHow(before: Figures, after: Figures): string {
  const only = (these: Figures, those: Figures) => these.scans.filter((scan) => !those.scans.includes(scan));
  const [gone, come] = [only(before, after), only(after, before)];
  if (gone.length === 0 && come.length === 0) return '';
  const list = (scans: readonly string[]) => scans.map((scan) => `\`${scan}\``).join(', ') || 'nothing';
  return `${list(gone)} → ${list(come)}`;
}

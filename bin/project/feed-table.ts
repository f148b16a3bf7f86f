import { z } from 'zod';
import type { Latest } from './latest-result.ts';

const figuresSchema = z.object({ meanMs: z.number(), p95Ms: z.number() });

/** What `pnpm bench feed` measured. */
export const feedResultSchema = z.object({
  date: z.iso.date(),
  commit: z.string(),
  rows: z.record(z.string(), z.number()),
  rounds: z.number().int(),
  copySeconds: z.record(z.string(), z.number()),
  stores: z.record(z.string(), z.record(z.string(), figuresSchema)),
});
type FeedResult = z.infer<typeof feedResultSchema>;

/** Pure: a row for each place where feeds are kept, the first one being what the others are compared with. */
export function feedTable({ file, result }: Latest<FeedResult>): string {
  const { stores, copySeconds, rows, rounds, date, commit } = result;
  const [first = {}] = Object.values(stores);
  const askers = Object.keys(first);
  const lines = Object.entries(stores).map(([store, figures]) => {
    const cells = askers.map((who) => {
      const { meanMs, p95Ms } = figures[who] ?? { meanMs: Number.NaN, p95Ms: Number.NaN };
      const ratio = meanMs / (first[who]?.meanMs ?? Number.NaN);
      return `${meanMs.toFixed(1)} (${p95Ms.toFixed(1)}), ${ratio.toFixed(2)} ×`;
    });
    const copied = copySeconds[store];
    return `| ${[store, ...cells, copied === undefined ? '' : copied.toFixed(0)].join(' | ')} |`;
  });
  return [
    `| Feeds are kept in | ${askers.map((who) => `A customer ${who}, ms`).join(' | ')} | First copy, s |`,
    `|---|${askers.map(() => '---:').join('|')}|---:|`,
    ...lines,
    '',
    `The first page of a feed at the shop's door: mean (95 %), and how many times as long as the database itself takes. ${rows['customer_order']} orders and ${rows['review']} reviews; ${rounds} interleaved rounds, all three answer the same. Measured on ${date} at commit \`${commit}\` ([data](results/${file})); \`pnpm bench feed\` measures again.`,
  ].join('\n');
}

import { z } from 'zod';
import type { Latest } from './latest-result.ts';

const of = { date: z.iso.date(), commit: z.string(), cores: z.number().int() };

/** What `pnpm bench checkout` measured. */
export const checkoutResultSchema = z.object({
  ...of,
  ratio: z.number(),
  required: z.number(),
  /** BEGIN and COMMIT with them. */
  statements: z.number(),
  databaseConnections: z.number(),
  secondsEach: z.number(),
  apiProfile: z.record(z.string(), z.number()).optional(),
  rounds: z.array(
    z.object({
      pgbenchPerSecond: z.number(),
      shopPerSecond: z.number(),
      ratio: z.number(),
      cpuMs: z.record(z.string(), z.number()),
    }),
  ),
});

const ratioSchema = z.object({
  ratio: z.number(),
  rounds: z.array(z.object({ bareMs: z.number(), instrumentedMs: z.number(), ratio: z.number() })),
});

/** What `pnpm bench telemetry` measured. */
export const telemetryResultSchema = z.object({
  ...of,
  allowed: z.number(),
  checkout: ratioSchema,
  product: ratioSchema,
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const verdict = (reached: boolean): string => (reached ? 'reached' : '**missed**');

/** Pure: throughput against pgbench, and where the time of a checkout goes. */
export function checkoutTable({ file, result }: Latest<z.infer<typeof checkoutResultSchema>>): string {
  const { rounds, ratio, required, apiProfile = {} } = result;
  const middle = (figure: (round: (typeof rounds)[number]) => number) => median(rounds.map(figure));
  const cpu = (part: string) => middle((round) => round.cpuMs[part] ?? 0).toFixed(2);
  const ends = `${Math.min(...rounds.map((one) => one.ratio))}–${Math.max(...rounds.map((one) => one.ratio))}`;
  return [
    '| | Checkouts a second | CPU per checkout, ms |',
    '|---|---:|---|',
    `| the shop, whole | ${middle((round) => round.shopPerSecond)} | api ${cpu('api')}, payment provider ${cpu('payment')}, PostgreSQL ${cpu('postgres')}, load ${cpu('load')} |`,
    `| pgbench, the same statements | ${middle((round) => round.pgbenchPerSecond)} | PostgreSQL ${cpu('pgbenchPostgres')} |`,
    '',
    ...profileLine(apiProfile),
    `Ratio ${ratio} (${ends} over ${rounds.length} interleaved rounds of ${result.secondsEach} s; must reach ${required}: ${verdict(ratio >= required)}). ${result.statements} statements a checkout, ${result.databaseConnections} database connections each, \`fsync\` on. pgbench sends what a recorded checkout sent, in the same transactions, one statement after the other; the shop besides takes HTTP in, charges the provider (one more \`fsync\`), delivers the events and runs its chores, on the same ${result.cores} cores. Measured on ${result.date} at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench checkout\` measures again.`,
  ].join('\n');
}

/** Why the api takes what it takes: the largest parts of its busy time. */
function profileLine(profile: Readonly<Record<string, number>>): readonly string[] {
  const parts = Object.entries(profile).slice(0, 6);
  if (parts.length === 0) return [];
  const shares = parts.map(([part, share]) => `${part} ${Math.round(share * 100)} %`);
  return [`Where the api's time goes (\`--cpu-prof\`): ${shares.join(', ')}.`, ''];
}

/** Pure: what telemetry costs. */
export function telemetryTable({ file, result }: Latest<z.infer<typeof telemetryResultSchema>>): string {
  const row = (name: string, { ratio, rounds }: z.infer<typeof ratioSchema>) => {
    const [bare, told] = [rounds.map((one) => one.bareMs), rounds.map((one) => one.instrumentedMs)];
    return `| ${name} | ${median(bare).toFixed(2)} | ${median(told).toFixed(2)} | ${ratio} |`;
  };
  return [
    '| CPU of the api | bare, ms | every request traced, logged and measured, ms | ratio |',
    '|---|---:|---:|---:|',
    row('a checkout', result.checkout),
    row('a product', result.product),
    '',
    `Medians of ${result.checkout.rounds.length} interleaved rounds; a checkout may cost ${result.allowed}: ${verdict(result.checkout.ratio <= result.allowed)}. Measured on ${result.date} at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench telemetry\` measures again ([why by hand](adr/0010-spans-by-hand.md)).`,
  ].join('\n');
}

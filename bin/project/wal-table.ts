import { median } from '@firedrill/slo';
import type { WalMeasurement, WalResult } from './wal-result.ts';
import { baseline, type WalVariant } from './wal-variants.ts';

const middleOf = (values: readonly number[]): number => median(values) ?? 0;

/** Pure: the ratio to the defaults of the same round, its median and its ends. */
function ratios(
  result: WalResult,
  variant: string,
  figure: (one: WalMeasurement) => number,
): { readonly median: number; readonly least: number; readonly most: number } {
  const of = (name: string, round: number) =>
    result.measurements.find((one) => one.variant === name && one.round === round);
  const rounds = [...new Set(result.measurements.map((one) => one.round))];
  const found = rounds.flatMap((round) => {
    const [mine, theirs] = [of(variant, round), of(baseline, round)];
    return mine && theirs ? [figure(mine) / figure(theirs)] : [];
  });
  return { median: middleOf(found), least: Math.min(...found), most: Math.max(...found) };
}

/** Pure: the table of `pnpm bench wal`, as Markdown. */
export function walTable(file: string, result: WalResult, variants: readonly WalVariant[]): string {
  const rows = variants.map(({ name, verdict }) => {
    const speed = ratios(result, name, (one) => one.checkoutsPerSecond);
    const volume = ratios(result, name, (one) => one.walBytesPerCheckout);
    return [
      `\`${name}\``,
      `${speed.median.toFixed(2)} (${speed.least.toFixed(2)}–${speed.most.toFixed(2)})`,
      `${volume.median.toFixed(2)} (${volume.most.toFixed(2)}–${volume.least.toFixed(2)})`,
      verdict,
    ].join(' | ');
  });
  const { walBytesPerCheckout, checkoutsPerSecond } = medians(result);
  return [
    '| One change to PostgreSQL’s defaults | Checkouts a second ÷ defaults (worst–best round) | WAL a checkout ÷ defaults (worst–best) | Level 3 |',
    '|---|---:|---:|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Defaults: ${checkoutsPerSecond} checkouts a second with ${result.clients} connections and two standbys on the same ${result.cores} cores, ${(walBytesPerCheckout / 1000).toFixed(1)} kB of WAL each. Each figure is the median over ${new Set(result.measurements.map((one) => one.round)).size} interleaved rounds of ${result.secondsEach} s, each beginning with a checkpoint. Measured on ${result.date} at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench wal\` measures again.`,
  ].join('\n');
}

function medians(result: WalResult): { walBytesPerCheckout: number; checkoutsPerSecond: number } {
  const mine = result.measurements.filter((one) => one.variant === baseline);
  return {
    walBytesPerCheckout: middleOf(mine.map((one) => one.walBytesPerCheckout)),
    checkoutsPerSecond: Math.round(middleOf(mine.map((one) => one.checkoutsPerSecond))),
  };
}

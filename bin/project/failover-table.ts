import { type Failover, type LossOfALeader, lossesOfALeader, patienceSeconds } from '@firedrill/chaos/bench';
import { median } from '@firedrill/slo';
import { type FailoverResult, failoversOf, mostOutageSeconds, outagesOf } from './failover-result.ts';
import { daysOf } from './fresh-runs.ts';

const what: Record<LossOfALeader, string> = {
  kill: 'killed with its Patroni (`kill -9`)',
  refuse: 'every line to and from it refuses',
  drop: 'every line to and from it falls silent',
};

const seconds = (value = Number.NaN): string =>
  value === Number.POSITIVE_INFINITY ? `> ${patienceSeconds}` : value.toFixed(1);

/** The median, and how many never came back. */
function backText(found: readonly Failover[]): string {
  const back = found.flatMap(({ backSeconds }) => backSeconds ?? []);
  const never = found.length - back.length;
  return [median(back)?.toFixed(1) ?? '–', ...(never === 0 ? [] : [`(${never} did not)`])].join(' ');
}

/** Pure: one row per loss and timers, as Markdown. */
export function failoverTable(file: string, result: FailoverResult): string {
  const rows = lossesOfALeader.flatMap((loss) =>
    (['supported', 'fast'] as const).flatMap((timers) => {
      const found = failoversOf(result.failovers, timers, loss);
      if (found.length === 0) return [];
      const of = (figure: (one: Failover) => number): readonly number[] => found.map(figure);
      const outages = outagesOf(found);
      const [acknowledged, lost, orders, ordersLost] = (
        ['acknowledged', 'lost', 'orders', 'ordersLost'] as const
      ).map((name) => of((one) => one[name]).reduce((sum, value) => sum + value, 0));
      const cells = [
        what[loss],
        timers,
        found.length,
        `${seconds(median(outages))} (${seconds(Math.min(...outages))}–${seconds(Math.max(...outages))})`,
        `${acknowledged} / ${lost}`,
        `${orders} / ${ordersLost}`,
        backText(found),
      ];
      return [`| ${cells.join(' | ')} |`];
    }),
  );
  return [
    '| The leader | Timers | Times | No write acknowledged, s | Writes acknowledged / lost | Orders acknowledged / lost | Back as a standby after the heal, s |',
    '|---|---|---:|---:|---:|---:|---:|',
    ...rows,
    '',
    `Medians (least–most), by twenty writes a second through the shop’s own way to the leader, and four checkouts; ${mostOutageSeconds.supported} s are promised with supported timers, ${mostOutageSeconds.fast} s with fast ones. Measured on ${daysOf(result.failovers)} on ${result.cores} cores at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench failover\` measures again.`,
  ].join('\n');
}

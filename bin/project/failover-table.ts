import { type Failover, type LossOfALeader, lossesOfALeader } from '@firedrill/chaos/bench';
import type { FailoverResult } from './failover-result.ts';

const what: Record<LossOfALeader, string> = {
  kill: 'killed with its Patroni (`kill -9`)',
  refuse: 'every line to and from it refuses',
  drop: 'every line to and from it falls silent',
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};

/** Pure: one row per loss and timers, as Markdown. */
export function failoverTable(file: string, result: FailoverResult): string {
  const rows = lossesOfALeader.flatMap((loss) =>
    (['supported', 'fast'] as const).flatMap((timers) => {
      const found = result.failovers.filter((one) => one.loss === loss && one.timers === timers);
      if (found.length === 0) return [];
      const of = (figure: (one: Failover) => number): readonly number[] => found.map(figure);
      const outages = of((one) => one.outageSeconds);
      const [acknowledged = 0, lost = 0] = (['acknowledged', 'lost'] as const).map((name) =>
        of((one) => one[name]).reduce((sum, value) => sum + value, 0),
      );
      const cells = [
        what[loss],
        timers,
        found.length,
        `${median(outages).toFixed(1)} (${Math.min(...outages).toFixed(1)}–${Math.max(...outages).toFixed(1)})`,
        `${acknowledged} / ${lost}`,
        median(of((one) => one.backSeconds)).toFixed(1),
      ];
      return [`| ${cells.join(' | ')} |`];
    }),
  );
  return [
    '| The leader | Timers | Times | No write acknowledged, s | Writes acknowledged / lost | Back as a standby after the heal, s |',
    '|---|---|---:|---:|---:|---:|',
    ...rows,
    '',
    `Medians (least–most), by twenty writes a second through the shop’s own way to the leader. Measured on ${result.date} on ${result.cores} cores at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench failover\` measures again.`,
  ].join('\n');
}

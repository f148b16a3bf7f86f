import type { BrokenShopsResult } from './broken-shops-result.ts';

/** Pure: one line per shop and scenario, as Markdown. */
export function brokenShopsTable({ plays, seeds }: BrokenShopsResult): string {
  const groups = Map.groupBy(plays, ({ shop, scenario }) => `${shop} | ${scenario}`);
  const rows = [...groups].map(([name, group]) => {
    const right = group.filter(({ asItShould }) => asItShould).length;
    const seconds = group.reduce((sum, play) => sum + play.seconds, 0) / group.length;
    return `| ${name} | ${countsOf(group)} | ${right} of ${group.length} | ${seconds.toFixed(1)} |`;
  });
  return [
    `| Shop | Under | Invariants that found something (in so many of ${seeds.length} seeds) | As it should | Seconds |`,
    '|---|---|---|---:|---:|',
    ...rows,
  ].join('\n');
}

function countsOf(group: BrokenShopsResult['plays']): string {
  const counts = new Map<number, number>();
  for (const invariant of group.flatMap(({ caughtBy }) => caughtBy)) {
    counts.set(invariant, (counts.get(invariant) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return sorted.length === 0
    ? 'none'
    : sorted.map(([invariant, count]) => `${invariant} (${count})`).join(', ');
}

import { median } from '@firedrill/slo';
import { type LabResult, labGoals } from './lab-result.ts';

/** Pure: one row per level, medians, as Markdown. */
export function labTable(file: string, result: LabResult): string {
  const levels = [...new Set(result.rounds.map((round) => round.level))].toSorted((a, b) => a - b);
  const rows = levels.map((level) => {
    const rounds = result.rounds.filter((round) => round.level === level);
    const of = (figure: (round: LabResult['rounds'][number]) => number): number =>
      median(rounds.map(figure)) ?? Number.NaN;
    const cells = [
      level,
      of((round) => round.readySeconds),
      `${Math.round(100 * of((round) => round.othersShare))} %`,
      of((round) => round.readyCpuSeconds),
      Math.round(of((round) => round.idleMegabytes)),
      Math.round(of((round) => round.loadedMegabytes)),
      of((round) => round.loadedCores),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const goals = labGoals
    .map(
      ({ level, megabytes, seconds }) => `Level ${level} must stay at most ${megabytes} MB and ${seconds} s.`,
    )
    .join(' ');
  return [
    '| Level | Ready, s | Machine taken by others meanwhile | CPU of the lab until ready, s | Memory idle, MB | Memory under load, MB | Cores under load |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
    '',
    `Medians; everything provisioned before; memory is the proportional set size of all processes of the lab, ${result.loadSeconds} s of the level's declared load. ${goals} Measured on ${result.date} on ${result.cores} cores at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench lab\` measures again.`,
  ].join('\n');
}

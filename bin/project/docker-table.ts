import { median } from '@firedrill/slo';
import { type DockerResult, dockerGoalSeconds } from './docker-result.ts';

/** Pure: one row per level, medians, as Markdown. */
export function dockerTable(file: string, result: DockerResult): string {
  const levels = [...new Set(result.rounds.map((round) => round.level))].toSorted((a, b) => a - b);
  const rows = levels.map((level) => {
    const rounds = result.rounds.filter((round) => round.level === level);
    const ready = rounds.map(({ readySeconds }) => readySeconds);
    const down = median(rounds.map(({ downSeconds }) => downSeconds));
    return `| ${[level, rounds.length, median(ready), Math.max(...ready), down].join(' | ')} |`;
  });
  return [
    '| Level | Starts | Ready, s | The slowest, s | Down, s |',
    '|---|---:|---:|---:|---:|',
    ...rows,
    '',
    `Medians, from the command to a lab whose edges are checked and whose users are counted; images there before. Level 1 must stay at most ${dockerGoalSeconds} s. Measured on ${result.date} on ${result.cores} cores with engine ${result.engine} at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench docker\` measures again.`,
  ].join('\n');
}

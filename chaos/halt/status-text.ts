import { describeHalt, type HaltOrder } from './halt-order.ts';
import type { RunUnderWay } from './runs-under-way.ts';

export interface ChaosStatus {
  readonly halted: HaltOrder | null;
  readonly runs: readonly RunUnderWay[];
}

/** Pure: what `pnpm chaos status` prints. */
export function statusText({ halted, runs }: ChaosStatus): string {
  const lines = runs.map(
    ({ run, level, checkout, runner, guardian, effects }) =>
      `${run}  level ${level}, ${checkout}: runner ${runner}, guardian ${guardian}, ${effects === null ? 'sealed: a drill' : `${effects} effects in`}`,
  );
  return [
    halted === null ? 'not halted' : `${describeHalt(halted)}; \`pnpm chaos resume\` lifts it`,
    ...(lines.length === 0 ? ['no run is under way'] : lines),
  ].join('\n');
}

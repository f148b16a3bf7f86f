import type { HaltCommand } from '../engine/command-line.ts';
import { describeHalt, haltOrder, liftHaltOrder } from './halt-order.ts';
import { haltRuns } from './halt-runs.ts';
import { runsUnderWay } from './runs-under-way.ts';
import { statusText } from './status-text.ts';

/** `pnpm chaos halt`, `resume` and `status`. @returns what to print. @throws {FiredrillError} what {@link haltRuns} throws. */
export async function obey(command: HaltCommand): Promise<string> {
  switch (command.name) {
    case 'halt':
      return (await haltRuns(command.reason)).join('\n');
    case 'resume': {
      const lifted = liftHaltOrder();
      const left = haltOrder();
      if (left !== undefined) return `still ${describeHalt(left)}`;
      return lifted === undefined ? 'nothing was halted' : `no longer ${describeHalt(lifted)}`;
    }
    case 'status': {
      const status = { halted: haltOrder() ?? null, runs: runsUnderWay() };
      return command.json ? JSON.stringify(status, null, 2) : statusText(status);
    }
  }
}

import { FiredrillError } from '@firedrill/errors';
import { levels } from '@firedrill/topology';
import { requireLab } from '../find-lab.ts';
import { requireReach } from '../levers/lever-refused.ts';
import { promote } from '../promote/promote.ts';
import type { PromotionProgress } from '../promote/promote-options.ts';
import { describeStep } from '../promote/step.ts';
import { hasStandbys } from '../replication/servers.ts';

/** The levels whose servers follow each other. */
export const levelsWithStandbys: readonly number[] = levels
  .map(({ number }) => number)
  .filter((level) => hasStandbys({ level }));

/** `pnpm lab promote <node>`: what a runbook tells an operator to do. Shows each step as it happens. */
export async function promoteCommand(
  node: string,
  options: { readonly level: number; readonly force?: true; readonly json?: true },
): Promise<void> {
  if (!levelsWithStandbys.includes(options.level)) {
    throw new FiredrillError('usage', `level ${options.level} has no standbys`, {
      where: '--level',
      fix: `use one of ${levelsWithStandbys.join(', ')}`,
    });
  }
  const state = await requireLab(options.level);
  requireReach(state);
  const stream = options.json ? process.stderr : process.stdout;
  const onStep = (progress: PromotionProgress): void => {
    const line = progressLine(progress);
    if (line !== undefined) stream.write(`${line}\n`);
  };
  const promotion = await promote(state, node, { force: options.force === true, onStep });
  if (options.json) process.stdout.write(`${JSON.stringify(promotion, null, 2)}\n`);
  else process.stdout.write(`${node} takes the writes since ${promotion.promotedAt}\n`);
}

function progressLine(progress: PromotionProgress): string | undefined {
  switch (progress.type) {
    case 'lag':
      return progress.text;
    case 'begins':
      // Steps that may take seconds are announced; the others are there at once.
      return ['fence', 'promote', 'switch-over'].includes(progress.step.kind)
        ? `${describeStep(progress.step)} …`
        : undefined;
    case 'done': {
      const detail = progress.detail === '' ? '' : `: ${progress.detail}`;
      return `${describeStep(progress.step)}${detail} (${(progress.tookMs / 1000).toFixed(1)} s)`;
    }
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { processesOfNode } from '../control/lab-processes.ts';
import { startProcess } from '../control/nodes.ts';
import { follow } from '../replication/follow.ts';
import { currentPrimary } from '../replication/joined.ts';
import { readServer } from '../replication/read-server.ts';
import { onePromotion } from './one-promotion.ts';
import { readPending } from './pending.ts';
import { promoteAlone } from './promote.ts';
import type { PromoteParts } from './promote-parts.ts';

const startDeadlineMs = 60_000;

/** Before servers are healed: a promotion that was cut off is ended, and each of them knows whom it follows. */
export function settleServers(parts: PromoteParts, servers: readonly string[]): Promise<void> {
  const { state } = parts;
  return onePromotion(state.home, async () => {
    const pending = readPending(state.home);
    if (pending !== undefined) {
      await startServer(parts, pending.to);
      await promoteAlone(state, pending.to);
    }
    const primary = currentPrimary(state);
    for (const node of servers) if (node !== primary) await follow(state, node, primary);
  });
}

/** Until it answers, in whatever role its data gives it. */
async function startServer({ state, runner }: PromoteParts, node: string): Promise<void> {
  const until = performance.now() + startDeadlineMs;
  while (performance.now() < until) {
    if ((await readServer(state, node)) !== undefined) return;
    const runs = processesOfNode(state, node).length > 0;
    if (!runs && (await runner.process(node)).ended) await startProcess(state, runner, node);
    await pause(100);
  }
  throw new FiredrillError(
    'heal-failed',
    `the promotion of ${node} was cut off, and ${node} does not start`,
    {
      fix: 'run `pnpm lab down`',
    },
  );
}

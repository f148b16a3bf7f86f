import type { FeedStore } from '@firedrill/topology';
import type { LabState } from '../state.ts';
import { labStatus } from '../status/lab-status.ts';
import { statusTable } from '../status/status-table.ts';
import { runtimeHere } from '../up/docker/require-docker.ts';
import { labUpWithProgress } from '../up/progress.ts';

export async function upCommand(options: {
  readonly level: number;
  readonly clock: LabState['clock'];
  readonly timers: NonNullable<LabState['timers']>;
  readonly feed: FeedStore;
  readonly runtime: 'auto' | LabState['runtime'];
  readonly json?: true;
}): Promise<void> {
  const { level, clock, timers, feed } = options;
  const runtime = options.runtime === 'auto' ? await runtimeHere() : options.runtime;
  const { state, started, tookMs } = await labUpWithProgress({ level, clock, timers, feed, runtime });
  const status = await labStatus(state);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(status, null, 2)}\n`);
    return;
  }
  const how = started ? `ready after ${(tookMs / 1000).toFixed(1)} s` : 'it ran already';
  process.stdout.write(`${statusTable(status)}\n\nthe lab is up: ${how}; \`pnpm lab down\` stops it\n`);
}

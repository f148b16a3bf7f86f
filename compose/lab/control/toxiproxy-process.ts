import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import { isRestored, wantedProxies } from './edges.ts';
import type { NodeRunner } from './node-runner.ts';
import { endSaboteurs, sabotageOf } from './saboteur/saboteurs.ts';
import type { ToxiproxyApi } from './toxiproxy.ts';

/** Toxiproxy's name among the lab's processes; it carries edges and is no node. */
export const toxiproxyProcess = 'toxiproxy';

const rebuildDeadlineMs = 15_000;

/**
 * Kills Toxiproxy and starts it again with the topology's proxies. It forgets every toxic and every call that still
 * hangs in it; all open connections break.
 */
export async function rebuildToxiproxy(
  state: LabState,
  runner: NodeRunner,
  api: ToxiproxyApi,
): Promise<void> {
  await runner.kill(toxiproxyProcess);
  // Whoever listens in a proxy's place would keep it from its port.
  await endSaboteurs(state, (name) => name.startsWith(sabotageOf('hang', '')));
  const until = performance.now() + rebuildDeadlineMs;
  while (performance.now() < until) {
    const report = await runner.process(toxiproxyProcess);
    if (report.ended) await runner.start(toxiproxyProcess);
    if (await proxiesStand(state, api)) return;
    await pause(100);
  }
  throw new FiredrillError('heal-failed', 'Toxiproxy was started again but does not have its proxies', {
    fix: 'run `pnpm lab down`',
  });
}

/** Whether every proxy is as the topology says; those that are missing are made. */
async function proxiesStand(state: LabState, api: ToxiproxyApi): Promise<boolean> {
  try {
    const proxies = await api.read();
    if (Object.keys(state.edges).every((edge) => isRestored(state, edge, proxies))) return true;
    await api.populate(wantedProxies(state));
    return false;
  } catch {
    return false;
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { isRestored } from '../control/edges.ts';
import type { ToxiproxyApi } from '../control/toxiproxy.ts';
import type { LabState } from '../state.ts';

interface Seen {
  readonly state: LabState;
  readonly api: ToxiproxyApi;
}

const betweenLooksMs = 250;

/** Whether nothing is on these edges. By two looks: a machine that stalls can miss the second of one. */
export async function edgesStand(seen: Seen, edges: readonly string[]): Promise<boolean> {
  if (await stand(seen, edges)) return true;
  await pause(betweenLooksMs);
  return stand(seen, edges);
}

async function stand({ state, api }: Seen, edges: readonly string[]): Promise<boolean> {
  try {
    const proxies = await api.read();
    return edges.every((edge) => isRestored(state, edge, proxies));
  } catch {
    return false;
  }
}

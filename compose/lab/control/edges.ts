import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import type { EdgeReading } from './control.ts';
import {
  type ProxyDefinition,
  type ProxyReading,
  proxyDefinition,
  proxyNameOf,
  type ToxiproxyApi,
} from './toxiproxy.ts';

export type Proxies = Readonly<Record<string, ProxyReading>>;

/** Pure: the proxies that the topology wants. */
export function wantedProxies(state: Pick<LabState, 'edges'>): readonly ProxyDefinition[] {
  return Object.entries(state.edges).map(([edge, ports]) => proxyDefinition(edge, ports));
}

/** @throws {FiredrillError} `fault-refused` when the lab has no such edge. */
export function requireEdge(state: LabState, edge: string): void {
  if (edge in state.edges) return;
  throw new FiredrillError('fault-refused', `unknown edge ${edge}`, {
    fix: `use one of ${Object.keys(state.edges).join(', ')}`,
  });
}

/** Pure: how an edge stands; every edge is missing when Toxiproxy does not answer. */
export function edgeReading(edge: string, proxies: Proxies | undefined): EdgeReading {
  const proxy = proxies?.[proxyNameOf(edge)];
  if (proxy === undefined) return { edge, state: 'missing', toxics: [] };
  return { edge, state: proxy.enabled ? 'enabled' : 'disabled', toxics: proxy.toxics };
}

/** Pure: whether the edge is as the topology says: there, on its ports, enabled, without toxics. */
export function isRestored(state: LabState, edge: string, proxies: Proxies): boolean {
  const ports = state.edges[edge];
  const proxy = proxies[proxyNameOf(edge)];
  if (ports === undefined || proxy === undefined) return false;
  const wanted = proxyDefinition(edge, ports);
  return (
    proxy.enabled &&
    proxy.toxics.length === 0 &&
    proxy.listen === wanted.listen &&
    proxy.upstream === wanted.upstream
  );
}

/** Takes one edge back to the topology's state, toxics first, so that no byte passes a half-healed edge. */
export async function restoreEdge(
  state: LabState,
  api: ToxiproxyApi,
  edge: string,
  proxies: Proxies,
): Promise<void> {
  const ports = state.edges[edge];
  if (ports === undefined) return requireEdge(state, edge);
  const name = proxyNameOf(edge);
  const proxy = proxies[name];
  if (proxy === undefined) return api.populate([proxyDefinition(edge, ports)]);
  for (const toxic of proxy.toxics) await api.removeToxic(name, toxic.name);
  if (!proxy.enabled) await api.setEnabled(name, true);
}

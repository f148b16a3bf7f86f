import type { Endpoint } from '../http/endpoint.ts';

/**
 * What it costs to lose a request, the cheapest first. `idle`: who looks around; nobody misses it at once. `looking`: who may be
 * about to buy. `buying`: what is never shed.
 */
export const worths = ['idle', 'looking', 'buying'] as const;
export type Worth = (typeof worths)[number];

const idle: ReadonlySet<string> = new Set(['feed', 'reviews', 'order-list', 'order-history', 'openapi']);

/** Pure. @param searching the request looks for words: a search costs more than a page of the catalogue, and sells less. */
export function worthOf(
  { method, operation }: Pick<Endpoint, 'method' | 'operation'>,
  searching: boolean,
): Worth {
  if (method !== 'get') return 'buying';
  return searching || idle.has(operation) ? 'idle' : 'looking';
}

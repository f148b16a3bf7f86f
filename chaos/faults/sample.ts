import { levelByNumber } from '@firedrill/topology';
import { compileFault } from './compile-fault.ts';
import type { CompiledFault, Fault, FaultTarget } from './fault.ts';

const edges = ['api-1:pgbouncer-1'];
const places: readonly FaultTarget[] = [
  { edges, nodes: [] },
  { edges, nodes: [], ways: { 'api-1:pgbouncer-1': 'there' } },
  { edges: [], nodes: ['payment-1'] },
  { edges: [], nodes: ['pg-1'] },
  { edges: [], nodes: ['api-1', 'api-2'] },
];

/** Of what has no default. */
const values: Readonly<Record<string, number | string>> = {
  latencyMs: 200,
  kilobytesPerSecond: 10,
  delayMs: 500,
  share: 0.2,
  ratio: 0.5,
  connections: 12,
  release: '2026.48',
};

/** Pure: a fault as it is compiled for the first place of level 2 that takes it: what a catalogue shows of it. */
export function sampleOf(fault: Fault): CompiledFault & { readonly on: 'edges' | 'nodes' } {
  const step = { id: fault.name, seed: 1, durationMs: 10_000 };
  for (const target of places) {
    try {
      const compiled = compileFault(fault, paramsOf(fault), levelByNumber(2), target, step);
      return { ...compiled, on: target.nodes.length > 0 ? 'nodes' : 'edges' };
    } catch {
      // The next place.
    }
  }
  throw new Error(`no place takes ${fault.name}`);
}

function paramsOf(fault: Fault): unknown {
  const needed = fault.params.safeParse({}).error?.issues.map(({ path }) => String(path[0])) ?? [];
  return fault.params.parse(Object.fromEntries(needed.map((name) => [name, values[name]])));
}

import { levelByNumber, levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { portsOf } from './other-labs.ts';
import { planPorts, portCount } from './plan-ports.ts';

describe.each(levels.map((level) => [level.number, level] as const))('level %i', (number, level) => {
  const state = plainState(number);

  it('gives every listener a port, and every proxy an address of its own', () => {
    const listeners = Object.values(state.nodes).flatMap((ports) => Object.values(ports));
    const proxies = Object.values(state.edges).map(({ host = '127.0.0.1', listen }) => `${host}:${listen}`);
    const all = [...listeners.map((port) => `127.0.0.1:${port}`), ...proxies];
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(portsOf(state)).size).toBe(portCount(level));
  });

  it("leads every edge to its node's listener", () => {
    for (const edge of level.edges)
      expect(state.edges[edge.name]?.upstream).toBe(state.nodes[edge.to]?.[edge.port]);
  });
});

it('refuses too few ports', () => {
  expect(() => planPorts(levelByNumber(1), [20_000])).toThrow(RangeError);
});

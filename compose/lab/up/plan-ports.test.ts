import { levelByNumber } from '@firedrill/topology';
import { expect, it } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { portsOf } from './other-labs.ts';
import { planPorts, portCount } from './plan-ports.ts';

const level = levelByNumber(1);

it('gives every listener and every proxy a port of its own', () => {
  const ports = portsOf(plainState());
  expect(ports).toHaveLength(portCount(level));
  expect(new Set(ports).size).toBe(ports.length);
});

it("leads every edge to its node's listener", () => {
  const { nodes, edges } = plainState();
  for (const edge of level.edges) expect(edges[edge.name]?.upstream).toBe(nodes[edge.to]?.[edge.port]);
});

it('refuses too few ports', () => {
  expect(() => planPorts(level, [20_000])).toThrow(RangeError);
});

import type { LabStatus } from '@firedrill/lab';
import { levelByNumber } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { topologySight } from './topology.ts';

const level = levelByNumber(1);
const toxic = {
  name: 'drop',
  type: 'timeout',
  stream: 'upstream',
  toxicity: 1,
  attributes: { timeout: 0 },
} as const;
const node = (
  name: string,
  change: Partial<LabStatus['nodes'][number]> = {},
): LabStatus['nodes'][number] => ({
  node: name,
  running: true,
  ready: true,
  pid: 1,
  stopped: false,
  squeezed: false,
  ports: {},
  ...change,
});

/** Everything that a fault does, at once. */
const status = (sealed: boolean): LabStatus => ({
  labId: '00000000-l1',
  level: 1,
  runtime: 'native',
  clock: 'drill',
  home: '/nowhere',
  startedAt: '2026-11-29T10:00:00.000Z',
  held: true,
  sealed,
  toxiproxyPort: 1,
  operations: {
    release: 'stable',
    before: [],
    readOnly: true,
    paymentFallback: false,
    shedShare: 0,
    drained: [],
  },
  nodes: [node('pg-1', { running: false, ready: false }), node('api-1', { stopped: true, ready: false })],
  edges: sealed
    ? []
    : [
        { edge: 'api-1:pg-1', state: 'enabled', toxics: [toxic], listen: 1, upstream: 2 },
        { edge: 'api-1:payment-1', state: 'disabled', toxics: [], listen: 1, upstream: 2 },
      ],
});

const stateOf = (sight: ReturnType<typeof topologySight>, name: string) =>
  sight.nodes.find((one) => one.node === name)?.state ?? sight.edges.find((one) => one.edge === name)?.state;

describe('without a seal', () => {
  const sight = topologySight(level, status(false));
  it.each([
    ['pg-1', 'down'],
    ['api-1', 'held'],
    ['client-1', 'of a run'],
    ['api-1:pg-1', 'toxic'],
    ['api-1:payment-1', 'cut'],
    ['client-1:api-1', 'missing'],
  ])('%s is %s', (name, state) => expect(stateOf(sight, name)).toBe(state));

  it('says what operators set', () => expect(sight.operations).toContain('READ-ONLY'));
});

describe('while a drill is under way', () => {
  const sight = topologySight(level, status(true));

  it('shows what answers and what does not', () => {
    expect([stateOf(sight, 'pg-1'), stateOf(sight, 'api-1')]).toEqual(['down', 'not ready']);
  });

  it('tells nothing of what is done to edges', () => {
    expect(new Set(sight.edges.map(({ state }) => state))).toEqual(new Set(['sealed']));
    expect(JSON.stringify(sight)).not.toMatch(/timeout|toxic"|held/);
  });
});

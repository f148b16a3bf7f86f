import { type Level, levelByNumber, levels, sourcesOf } from '@firedrill/topology';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveSelector } from './selector.ts';
import { selectorSchema } from './selector-schema.ts';

const level3 = levelByNumber(3);
const level4 = levelByNumber(4);
const resolve = (on: unknown, topology: Level = level3, random = () => 0) =>
  resolveSelector(topology, selectorSchema.parse(on), random);

const primary = { nodes: ['pg-1'] };
const standbys = { nodes: ['pg-2', 'pg-3'] };

describe('a partition', () => {
  test('takes every edge that crosses, whoever dials', () => {
    const { edges, partition } = resolve({ between: [primary, standbys] });
    expect(edges).toEqual(['pg-1:pg-2', 'pg-1:pg-3', 'pg-2:pg-1', 'pg-3:pg-1']);
    expect(partition).toBe(true);
  });

  test('one way is there on the edges that the first side dials, and back on the others', () => {
    expect(resolve({ between: [primary, standbys], direction: 'there' }).ways).toEqual({
      'pg-1:pg-2': 'there',
      'pg-1:pg-3': 'there',
      'pg-2:pg-1': 'back',
      'pg-3:pg-1': 'back',
    });
  });

  test('one way is the other way from the other side', () => {
    const ways = (between: unknown, direction: string) => resolve({ between, direction }).ways;
    expect(ways([primary, standbys], 'there')).toEqual(ways([standbys, primary], 'back'));
  });

  test('is of the planes that are named, and never of the observers', () => {
    const between = [{ role: 'user' }, { role: 'monitoring' }];
    const planeOf = (name: string) => level3.edges.find((edge) => edge.name === name)?.plane;
    const planes = (on: object) => new Set(resolve({ between, ...on }).edges.map(planeOf));
    expect(planes({})).toEqual(new Set(['telemetry']));
    expect(() => resolve({ between, planes: ['data'] })).toThrow(/no edge crosses/);
    expect(planes({ planes: ['telemetry'] })).toEqual(new Set(['telemetry']));
  });

  test('is refused when something crosses that no proxy carries', () => {
    const why = 'its peers are told an address of their own';
    const leaking = (from: string, to: string): Level => ({
      ...level3,
      bypasses: [{ from, to, plane: 'data', why }],
    });
    for (const topology of [leaking('pg-1', 'pg-2'), leaking('pg-3', 'pg-1')]) {
      expect(() => resolve({ between: [primary, standbys] }, topology)).toThrow(
        expect.objectContaining({ code: 'fault-refused', message: expect.stringContaining(why) }),
      );
    }
    expect(resolve({ between: [primary, standbys] }, leaking('pg-2', 'pg-3')).edges).toHaveLength(4);
  });

  test('of a server from the store and the others takes their lines both ways, and no client’s', () => {
    const others = { nodes: ['pg-2', 'pg-3', 'etcd-1', 'etcd-2', 'etcd-3'] };
    const { edges } = resolve({ between: [primary, others] }, level4);
    expect(edges).toHaveLength(11);
    expect(edges).toEqual(expect.arrayContaining(['pg-1:etcd-2', 'pg-2:pg-1', 'pg-1:pg-3/rest']));
    expect(edges.filter((edge) => /router|pgbouncer|peer/.test(edge))).toEqual([]);
  });

  test('of a member that others reach by one way is of all of them, or is refused', () => {
    const between = (one: string[], other: string[], direction?: string) =>
      resolve({ between: [{ nodes: one }, { nodes: other }], direction }, level4);
    expect(() => between(['etcd-1'], ['etcd-2'])).toThrow(
      expect.objectContaining({
        code: 'fault-refused',
        where: 'between',
        fix: expect.stringContaining('etcd-'),
      }),
    );
    expect(between(['etcd-1', 'etcd-2', 'etcd-3'], ['pg-3']).edges).toHaveLength(3);
  });

  test('of all sides of any level crosses only between them', () => {
    const anySides = fc.constantFrom(...levels).chain((topology) => {
      const side = fc.subarray(
        topology.nodes.map(({ name }) => name),
        { minLength: 1 },
      );
      return fc.record({ topology: fc.constant(topology), one: side, other: side });
    });
    fc.assert(
      fc.property(anySides, ({ topology, one, other }) => {
        const first = one.filter((name) => !other.includes(name));
        const dials = (from: string, to: string): boolean =>
          (first.includes(from) && other.includes(to)) || (other.includes(from) && first.includes(to));
        const cuttable = topology.edges.filter(({ plane }) => plane !== 'observer');
        const dialled = cuttable.map((edge) => sourcesOf(edge).map((from) => dials(from, edge.to)));
        const isSplit = dialled.some((each) => each.includes(true) && each.includes(false));
        const crossing = cuttable.filter((_edge, index) => dialled[index]?.includes(true));
        const compiled = () => resolve({ between: [{ nodes: one }, { nodes: other }] }, topology).edges;
        if (isSplit || crossing.length === 0) expect(compiled).toThrow(/is one way for|no edge crosses/);
        else expect(compiled()).toEqual(crossing.map(({ name }) => name));
      }),
    );
  });
});

describe('a pick', () => {
  const apis = { nodes: ['api-1', 'api-2'] };

  test('is drawn, and of as many as are asked for', () => {
    const draws = new Set(
      [0, 0.3, 0.6, 0.9].map((draw) => resolve({ pick: 1, of: apis }, level3, () => draw).nodes[0]),
    );
    expect(draws).toEqual(new Set(apis.nodes));
    expect(resolve({ pick: 2, of: apis }).nodes).toEqual(apis.nodes);
  });

  test('of edges keeps their direction', () => {
    const { edges, ways } = resolve({
      pick: 1,
      of: { edges: ['pg-2:pg-1', 'pg-3:pg-1'], direction: 'back' },
    });
    expect(ways).toEqual({ [edges[0] ?? '']: 'back' });
  });

  test('of more than there are is refused', () => {
    expect(() => resolve({ pick: 3, of: apis })).toThrow(expect.objectContaining({ code: 'fault-refused' }));
  });
});

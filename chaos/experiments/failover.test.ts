import { levelByNumber } from '@firedrill/topology';
import { expect, it } from 'vitest';
import { makePlan } from '../engine/plan.ts';
import { experiments } from './index.ts';

it.each([
  ['partition-primary', undefined],
  ['partition-primary', 'refuse'],
  ['partition-primary', 'refuse-fast'],
  ['isolate-primary', undefined],
  ['isolate-primary', 'fast'],
])(
  '%s (%s) takes the store from the leader before the standbys: otherwise it could tell it that nobody may take over',
  (name, variant) => {
    const experiment = experiments.find((one) => one.name === name)!;
    const { faults } = makePlan({ experiment, variant, topology: levelByNumber(4), seed: 1, clock: 'drill' });
    const cut = faults.flatMap(({ effects }) =>
      effects.flatMap(({ action }) => ('edge' in action ? [action.edge] : [])),
    );
    const place = (pattern: RegExp): readonly number[] =>
      cut.flatMap((edge, index) => (pattern.test(edge) ? [index] : []));
    expect(place(/^pg-1:etcd-\d$/).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...place(/^pg-1:etcd-\d$/))).toBeLessThan(Math.min(...place(/^pg-\d:pg-1$/)));
  },
);

it('isolate-primary cuts the leader off from whoever decides, and from nobody who asks', () => {
  const experiment = experiments.find(({ name }) => name === 'isolate-primary')!;
  const topology = levelByNumber(4);
  const { faults } = makePlan({ experiment, topology, seed: 1, clock: 'drill' });
  const cut = new Set(faults.flatMap(({ edges }) => edges));
  const around = topology.edges.filter(({ from, to }) => from === 'pg-1' || to === 'pg-1');
  const decides = ({ from, to }: (typeof around)[number]) =>
    [from, to].every((node) => /^(pg|etcd)-\d$/.test(node));
  expect([...cut].toSorted()).toEqual(
    around
      .filter(decides)
      .map(({ name }) => name)
      .toSorted(),
  );
  const kept = around.filter(({ name }) => !cut.has(name)).map(({ name }) => name);
  expect(kept).toEqual(
    expect.arrayContaining(['pgbouncer-1:pg-1', 'router-1:pg-1', 'router-1:pg-1/rest', 'pg-exporter-1:pg-1']),
  );
});

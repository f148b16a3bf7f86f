import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { resolveSelector } from './selector.ts';

const level4 = levelByNumber(4);
const between = (one: string[], other: string[]) =>
  resolveSelector(level4, { between: [{ nodes: one }, { nodes: other }] }).edges;

test('a partition of a server from the store and the others takes their lines both ways, and no client’s', () => {
  const edges = between(['pg-1'], ['pg-2', 'pg-3', 'etcd-1', 'etcd-2', 'etcd-3']);
  expect(edges).toHaveLength(11);
  expect(edges).toEqual(expect.arrayContaining(['pg-1:etcd-2', 'pg-2:pg-1', 'pg-1:pg-3/rest']));
  expect(edges.filter((edge) => /router|pgbouncer|peer/.test(edge))).toEqual([]);
});

test('a member that is cut off from all others is: one way in, and the ways in to the others are no one else’s', () => {
  expect(() => between(['etcd-1'], ['etcd-2'])).toThrow(
    expect.objectContaining({
      code: 'fault-refused',
      where: 'between',
      fix: expect.stringContaining('etcd-'),
    }),
  );
  expect(between(['etcd-1', 'etcd-2', 'etcd-3'], ['pg-3'])).toHaveLength(3);
});

import { expect, it } from 'vitest';
import { replicaUrlsSchema } from './replica-urls.ts';

it('reads names and addresses; nothing is no replica', () => {
  expect(replicaUrlsSchema.parse('pg-1=postgres://u:p@h:1/a?x=1,pg-2=postgres://u:p@h:1/b')).toEqual([
    { name: 'pg-1', url: 'postgres://u:p@h:1/a?x=1' },
    { name: 'pg-2', url: 'postgres://u:p@h:1/b' },
  ]);
  expect(replicaUrlsSchema.parse(undefined)).toEqual([]);
  expect(replicaUrlsSchema.parse('')).toEqual([]);
});

it.each([
  'postgres://u:p@h:1/a',
  'pg-1=http://h/a',
  '=postgres://h/a',
  'pg-1=postgres://h/a,pg-1=postgres://h/b',
  'pg 1=postgres://h/a',
])('refuses %s', (text) => {
  expect(replicaUrlsSchema.safeParse(text).success).toBe(false);
});

import { expect, it } from 'vitest';
import { edgesBefore, sessionsOf } from './edge.ts';

const table = [
  '# pxname,svname,qcur,qmax,scur,smax,slim',
  'users,FRONTEND,,,9,12,2000',
  'shop,api-1,0,0,3,7,',
  'shop,api-2,0,0,0,7,',
  'shop,BACKEND,0,0,3,12,200',
  '',
].join('\n');

it.each([
  ['api-1', 3],
  ['api-2', 0],
  ['api-9', 0],
])('%s has %i sessions', (api, sessions) => {
  expect(sessionsOf(table, api)).toBe(sessions);
});

it('knows who stands before an API', () => {
  expect(edgesBefore({ level: 1 }, 'api-1')).toEqual([]);
  expect(edgesBefore({ level: 2 }, 'api-2')).toEqual(['edge-1']);
});

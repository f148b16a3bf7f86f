import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabState } from '@firedrill/lab';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shop } from '../targets/shop.ts';
import { divergencesOf, divergencesPiece } from './divergences-piece.ts';

let home: string;
let patroni: Server;
let formerLeader: object;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'firedrill-divergences-'));
  patroni = createServer(({ url }, response) => {
    const members = [
      { name: 'pg-2', role: 'leader', state: 'running', timeline: 2 },
      { name: 'pg-3', role: 'sync_standby', state: 'streaming', timeline: 2 },
      formerLeader,
    ];
    const history = [[1, 50331648, 'no recovery target specified', '2026-01-01T00:00:00+00:00', 'pg-2']];
    response.end(JSON.stringify(url === '/history' ? history : { members }));
  });
  await new Promise<void>((resolve) => patroni.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  patroni.close();
  await rm(home, { recursive: true, force: true });
});

const read = (nodes: LabState['nodes']) => {
  const lab = { level: 4, home, nodes, edges: {}, secrets: { patroniPassword: 'none' } };
  return divergencesPiece(lab as unknown as LabState, shop);
};

it('says which former leader nobody has looked at yet', async () => {
  formerLeader = { name: 'pg-1', role: 'replica', state: 'starting' };
  const piece = await read({ 'pg-2': { rest: (patroni.address() as AddressInfo).port } });
  expect(divergencesOf(piece, 0)).toEqual([
    expect.objectContaining({
      node: 'pg-1',
      commits: 0,
      problem: expect.stringContaining('not back') as string,
    }),
  ]);
});

it('has nothing to say of one that streams again', async () => {
  formerLeader = { name: 'pg-1', role: 'replica', state: 'streaming', timeline: 2 };
  const piece = await read({ 'pg-2': { rest: (patroni.address() as AddressInfo).port } });
  expect(divergencesOf(piece, 0)).toEqual([]);
});

it('knows of no server at all where none tells who led', async () => {
  const listed = divergencesOf(await read({}), 0) ?? [];
  expect(listed.map(({ node }) => node)).toEqual(['pg-1', 'pg-2', 'pg-3']);
});

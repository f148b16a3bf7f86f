import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { levelByNumber } from '@firedrill/topology';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readDivergences } from '../divergence/divergence.ts';
import { containerContext } from '../render/compose/container-context.ts';
import { rewindScript } from './patroni-rewind.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-rewind-script-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const level = levelByNumber(4);
const server = level.nodes.find(({ name }) => name === 'pg-2')!;

it('a container without Node starts pg_rewind itself', () => {
  expect(rewindScript(server, containerContext(level))).toBeUndefined();
});

it('where the image’s user may not read the checkout, pg_rewind is started all the same and the list says that it is none', () => {
  const context = containerContext(level, { clock: 'drill', givenNode: process.execPath });
  const script = rewindScript(server, {
    ...context,
    state: { ...context.state, home, checkout: join(home, 'not for others') },
    binary: () => join(home, 'bin', 'postgres'),
  });
  mkdirSync(join(home, 'bin'));
  mkdirSync(join(home, 'pg-2', 'divergences'), { recursive: true });
  writeFileSync(join(home, 'bin', 'pg_rewind'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  writeFileSync(join(home, 'pg_rewind'), String(script?.content), { mode: 0o755 });
  const { stdout, stderr } = spawnSync(join(home, 'pg_rewind'), ['-D', 'data'], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: '-D data\n', stderr: '' });
  expect(readDivergences(home)).toMatchObject([
    { node: 'pg-2', commits: [], problem: expect.stringContaining('may not read') as string },
  ]);
});

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber } from '@firedrill/topology';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { edgeUrl } from '../../addresses.ts';
import { isWhole } from '../../control/control.ts';
import { createControl } from '../../control/create-control.ts';
import { dockerEngine } from '../../control/docker-engine.ts';
import { findLab } from '../../find-lab.ts';
import { labDown } from '../../lab-down.ts';
import type { LabState } from '../../state.ts';
import { sale } from '../../testing/buy.ts';
import { labUp } from '../lab-up.ts';
import { ensureImages } from './images.ts';

const level = 1;
let state: LabState;
/** Why there is no lab in containers here; `undefined` when there is one. */
let unavailable: string | undefined;

beforeAll(async () => {
  try {
    ({ state } = await labUp({ level, clock: 'drill', runtime: 'docker' }));
  } catch (error) {
    if (!(error instanceof FiredrillError) || error.code !== 'component-unavailable') throw error;
    unavailable = error.toLine();
  }
});
afterAll(async () => void (await labDown({ level })));
beforeEach(({ skip }) => skip(unavailable !== undefined, unavailable));

const shop = () => edgeUrl(state, 'client-1:api-1');
const docker = () => state.docker ?? expect.fail('a lab without containers');
const inside = (node: string, script: string) =>
  spawnSync('docker', ['exec', docker().containers[node] ?? '', 'node', '--eval', script], {
    encoding: 'utf8',
  });

it('comes up as its topology says, is found by the next command, and sells', async () => {
  expect(isWhole(await createControl(state).read())).toBe(true);
  expect(await findLab(level)).toEqual(state);
  await sale(shop());
});

it('lets no node reach another but by an edge of its own', () => {
  const dial = (host: string | undefined, port: number | undefined) =>
    inside(
      'api-1',
      `require('net').connect({ host: '${host}', port: ${port}, timeout: 1500 })
        .once('connect', () => { console.log('stands'); process.exit() })
        .once('timeout', () => process.exit(1)).once('error', () => process.exit(1))`,
    ).stdout.trim();
  const { host, listen } = state.edges['api-1:pg-1'] ?? {};
  expect(dial(host, listen)).toBe('stands');
  for (const { name, ports } of levelByNumber(level).nodes.filter((node) => node.name !== 'api-1')) {
    const port = state.nodes[name]?.[ports[0] ?? ''];
    expect(dial(state.addresses?.[name], port), name).toBe('');
  }
  // Nor by the edge of another.
  const other = state.edges['blackbox-1:payment-1'];
  expect(dial(other?.host, other?.listen)).toBe('');
});

it('runs its own programs as no root, on a disk that they cannot write to', () => {
  expect(inside('api-1', 'console.log(process.getuid())').stdout.trim()).not.toBe('0');
  expect(inside('api-1', "require('fs').writeFileSync('/firedrill/x', '')").stderr).toContain('EROFS');
});

it('loses a node, gets it back, and sells again', async () => {
  const control = createControl(state);
  await control.apply({ kind: 'node-kill', node: 'pg-1' });
  expect((await control.read()).nodes.find(({ node }) => node === 'pg-1')?.running).toBe(false);
  await control.undo({ kind: 'node-start', node: 'pg-1' });
  expect(isWhole(await control.read())).toBe(true);
  await sale(shop());
});

it('holds a node, and lets it run again', async () => {
  const control = createControl(state);
  await control.apply({ kind: 'node-pause', node: 'api-1' });
  expect((await control.read()).nodes.find(({ node }) => node === 'api-1')?.stopped).toBe(true);
  await control.undo({ kind: 'node-continue', node: 'api-1' });
  expect(isWhole(await control.read())).toBe(true);
});

it('has all its edges again when Toxiproxy was killed', async () => {
  const control = createControl(state);
  const [toxiproxy] = control.carriers();
  process.kill(toxiproxy?.pid ?? 0, 'SIGKILL');
  await control.healAll();
  expect(isWhole(await control.read())).toBe(true);
  expect(control.carriers()[0]?.pid).not.toBe(toxiproxy?.pid);
  await sale(shop());
});

it('names the image that cannot be pulled', async () => {
  const image = 'firedrill.invalid/nothing:1';
  await expect(ensureImages([{ image }], '/', () => {})).rejects.toMatchObject({
    code: 'component-unavailable',
    message: expect.stringContaining(`the image ${image} cannot be pulled: `),
  });
});

it('leaves no container, network, volume or folder when it goes', async () => {
  const { project, socket } = docker();
  expect(await labDown({ level })).toBe(true);
  expect(await dockerEngine(socket).containersOf(project)).toEqual([]);
  for (const kind of ['network', 'volume']) {
    const words = [kind, 'ls', '--quiet', '--filter', `label=com.docker.compose.project=${project}`];
    expect(spawnSync('docker', words, { encoding: 'utf8' }).stdout).toBe('');
  }
  expect(existsSync(state.home)).toBe(false);
});

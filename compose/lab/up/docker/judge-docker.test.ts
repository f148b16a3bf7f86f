import { expect, it } from 'vitest';
import { judgeDocker, type SeenDocker } from './judge-docker.ts';

const client = { client: true, host: 'unix:///var/run/docker.sock' } as const;
const good = { ...client, server: '28.0.0', compose: '2.24.0' } as const;

it('takes an engine of this machine with a Compose that is new enough', () => {
  for (const compose of ['2.24.0', 'v2.40.1', '5.6.0', '2.24.0-desktop.1'])
    expect(judgeDocker({ ...good, compose }), compose).toEqual({ socket: '/var/run/docker.sock' });
});

it('takes an old engine where Compose leaves out what that does not know', () => {
  expect(judgeDocker({ ...good, server: '20.10.24+dfsg1', compose: '5.6.0' }).problem).toBeUndefined();
  expect(judgeDocker({ ...good, server: '25.0.0', compose: '2.24.0' }).problem).toBeUndefined();
});

it.for<[SeenDocker, string]>([
  [{ client: false }, 'there is no `docker` on PATH'],
  [{ ...client, compose: '2.24.0' }, 'no Docker daemon answers'],
  [{ ...client, server: '28.0.0' }, 'this Docker has no Compose'],
  [{ ...good, compose: '2.10.2' }, 'Docker Compose 2.10.2 is too old'],
  [{ ...good, compose: '1.29.2' }, 'Docker Compose 1.29.2 is too old'],
  [{ ...good, server: '24.0.7' }, 'the engine 24.0.7 is too old for Docker Compose 2.24.0'],
  [{ ...good, host: 'tcp://far:2375' }, 'the Docker at tcp://far:2375 is not on this machine'],
  [{ ...good, desktop: true }, 'Docker Desktop keeps its networks to itself'],
  [{ ...good, rootless: true }, 'a rootless Docker keeps its networks to itself'],
])('says in one sentence what is wrong: %o', ([seen, message]) => {
  expect(judgeDocker(seen).problem?.message).toBe(message);
});

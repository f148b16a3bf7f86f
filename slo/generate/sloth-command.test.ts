import { expect, it } from 'vitest';
import { slothCommand } from './sloth-command.ts';

const input = { folder: '/tmp/firedrill-sloth-x', period: '12h' };
const native = slothCommand({ kind: 'native', path: '/cache/sloth' }, input);
const docker = slothCommand({ kind: 'docker', image: 'sloth:v1', user: '7:8' }, input);

it('runs the program on the folder', () => {
  expect(native.slice(0, 5)).toEqual([
    '/cache/sloth',
    'generate',
    '--no-color',
    '-i',
    '/tmp/firedrill-sloth-x/spec.yaml',
  ]);
  expect(native.at(-1)).toContain('"disableOptimized":true');
});

it('runs the image with the same words, sees the folder alone and writes as its caller', () => {
  const words = docker
    .slice(docker.indexOf('sloth:v1') + 1)
    .map((word) => word.replace('/firedrill-', '/tmp/firedrill-'));
  expect(words).toEqual(native.slice(1));
  expect(docker.slice(0, docker.indexOf('sloth:v1')).join(' ')).toBe(
    'docker run --rm --network none --user 7:8 --volume /tmp/firedrill-sloth-x:/firedrill-sloth-x',
  );
});

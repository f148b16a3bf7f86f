import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import type { LabEvent } from '../events.ts';

const quiet = $({ nothrow: true, quiet: true });

interface ImageOfServices {
  readonly image: string;
  /** From the checkout: it is built there, and pulled from nowhere. */
  readonly dockerfile?: string;
}

/**
 * Has every image that the services need: pulled, or built from this checkout. What is there already is taken as it is; own images are
 * built each time, which costs a moment when nothing has changed.
 * @throws {FiredrillError} `component-unavailable`, naming the image.
 */
export async function ensureImages(
  images: readonly ImageOfServices[],
  checkout: string,
  onEvent: (event: LabEvent) => void,
): Promise<void> {
  for (const { image, dockerfile } of images) {
    const there = (await quiet`docker image inspect ${image}`).exitCode === 0;
    if (there) continue;
    onEvent({ type: 'image', image, how: dockerfile === undefined ? 'pull' : 'build' });
    const done =
      dockerfile === undefined
        ? await quiet`docker pull --quiet ${image}`
        : await quiet`docker build --quiet --file ${dockerfile} --tag ${image} ${checkout}`;
    if (done.exitCode === 0) continue;
    const said = done.stderr.trim().split('\n').at(-1) ?? '';
    throw dockerfile === undefined
      ? unavailable(
          `the image ${image} cannot be pulled: ${said}`,
          'see that its registry can be reached, or `docker load` it',
        )
      : unavailable(
          `the image ${image} cannot be built: ${said}`,
          `see \`docker build --file ${dockerfile} .\``,
        );
  }
}

const unavailable = (message: string, fix: string): FiredrillError =>
  new FiredrillError('component-unavailable', message, {
    where: '--runtime docker',
    fix: `${fix}, or take --runtime native`,
  });

import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import type { ImageEvent } from '../events.ts';
import { sourcesDigest } from './sources-digest.ts';

const quiet = $({ nothrow: true, quiet: true });
/** Of an image that is built from this checkout: the sources that it was made of. */
const sourcesLabel = 'firedrill.sources';

export interface WantedImage {
  readonly image: string;
  /** From the checkout: it is built there, and pulled from nowhere. */
  readonly dockerfile?: string;
}

/**
 * Has every image: pulled where it is not there, or built from this checkout, again when that has changed.
 * @throws {FiredrillError} `component-unavailable`, naming the image.
 */
export async function ensureImages(
  images: readonly WantedImage[],
  checkout: string,
  onEvent: (event: ImageEvent) => void,
): Promise<void> {
  for (const { image, dockerfile } of images) {
    if (dockerfile === undefined) await pull(image, onEvent);
    else await build(image, dockerfile, checkout, onEvent);
  }
}

async function pull(image: string, onEvent: (event: ImageEvent) => void): Promise<void> {
  if ((await quiet`docker image inspect ${image}`).exitCode === 0) return;
  onEvent({ type: 'image', image, how: 'pull' });
  const { exitCode, stderr } = await quiet`docker pull --quiet ${image}`;
  if (exitCode !== 0) {
    throw unavailable(
      `the image ${image} cannot be pulled: ${lastLine(stderr)}`,
      'see that its registry answers, or `docker load` it',
    );
  }
}

async function build(
  image: string,
  dockerfile: string,
  checkout: string,
  onEvent: (event: ImageEvent) => void,
): Promise<void> {
  const format = `{{index .Config.Labels "${sourcesLabel}"}}`;
  const there = await quiet`docker image inspect --format ${format} ${image}`;
  const sources = sourcesDigest(checkout, dockerfile);
  // One that this command did not build, of a version that its name tells, is taken as it is.
  if (there.exitCode === 0 && (there.stdout.trim() === sources || !image.endsWith(':local'))) return;
  onEvent({ type: 'image', image, how: 'build' });
  const registry = (await quiet`npm config get registry`).stdout.trim();
  const words = [
    ...['--quiet', '--network', 'host', '--build-arg', `NPM_CONFIG_REGISTRY=${registry}`],
    ...['--label', `${sourcesLabel}=${sources}`, '--file', dockerfile, '--tag', image],
  ];
  const { exitCode, stderr } = await $({
    nothrow: true,
    quiet: true,
    cwd: checkout,
  })`docker build ${words} .`;
  if (exitCode !== 0) {
    throw unavailable(
      `the image ${image} cannot be built: ${lastLine(stderr)}`,
      `see \`docker build --file ${dockerfile} .\``,
    );
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const unavailable = (message: string, fix: string): FiredrillError =>
  new FiredrillError('component-unavailable', message, {
    where: '--runtime docker',
    fix: `${fix}, or take --runtime native`,
  });

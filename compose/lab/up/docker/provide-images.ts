import type { Level } from '@firedrill/topology';
import { thisCheckout } from '../../control/lab-home.ts';
import { type ComposeModel, composeModel } from '../../render/compose/compose-file.ts';
import type { ImageEvent } from '../events.ts';
import { ensureImages, type WantedImage } from './images.ts';

/** Has every image that a lab of the level starts. @throws {FiredrillError} `component-unavailable`, naming the image. */
export function provideImages(level: Level, onEvent: (event: ImageEvent) => void): Promise<void> {
  return ensureImages(imagesOf(composeModel(level, thisCheckout).compose), thisCheckout, onEvent);
}

function imagesOf({ services }: ComposeModel): readonly WantedImage[] {
  const wanted = Object.values(services).filter(({ profiles }) => profiles === undefined);
  const dockerfiles = new Map(
    wanted.map(({ image, build }) => [
      String(image),
      (build as { readonly dockerfile?: string } | undefined)?.dockerfile,
    ]),
  );
  return [...dockerfiles].map(([image, dockerfile]) => ({
    image,
    ...(dockerfile === undefined ? {} : { dockerfile }),
  }));
}

import type { Toxic } from '@firedrill/lab/control';
import { effectsOf } from './effects.ts';
import type { Effect, Way } from './fault.ts';

type Stream = Toxic['stream'];
/** Towards the accepting node, and back. */
export const bothWays: readonly Stream[] = ['upstream', 'downstream'];

export const streamOf: Readonly<Record<Way, Stream>> = { there: 'upstream', back: 'downstream' };

/** Its name says which step put it there: `firedrill-drop-2-upstream`. */
export const toxicOf = (
  step: string,
  stream: Stream,
  type: Toxic['type'],
  attributes: Toxic['attributes'],
): Toxic => ({ name: `firedrill-${step}-${stream}`, type, stream, toxicity: 1, attributes });

/** One toxic on each stream of each edge. */
export const toxicEffects = (
  step: string,
  edges: readonly string[],
  streams: readonly Stream[],
  type: Toxic['type'],
  attributes: Toxic['attributes'],
): readonly Effect[] =>
  effectsOf(
    edges.flatMap((edge) =>
      streams.map((stream) => ({
        kind: 'toxic-add',
        edge,
        toxic: toxicOf(step, stream, type, attributes),
      })),
    ),
  );

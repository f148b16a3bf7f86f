import { type Toxic, undoOf } from '@firedrill/lab/control';
import type { Effect, Way } from './fault.ts';

type Stream = Toxic['stream'];
/** Towards the accepting node, and back. */
export const bothWays: readonly Stream[] = ['upstream', 'downstream'];

export const streamOf: Readonly<Record<Way, Stream>> = { there: 'upstream', back: 'downstream' };

/** `firedrill-drop-2-upstream`: which step put it there. */
export const toxicName = (step: string, stream: Stream): string => `firedrill-${step}-${stream}`;

/** One toxic on each stream of each edge. */
export function toxicEffects(
  step: string,
  edges: readonly string[],
  streams: readonly Stream[],
  type: Toxic['type'],
  attributes: Toxic['attributes'],
): readonly Effect[] {
  return edges.flatMap((edge) =>
    streams.map((stream) => {
      const toxic: Toxic = { name: toxicName(step, stream), type, stream, toxicity: 1, attributes };
      const action = { kind: 'toxic-add', edge, toxic } as const;
      return { action, undo: undoOf(action) };
    }),
  );
}

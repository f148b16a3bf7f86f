import { type Toxic, undoOf } from '@firedrill/lab/control';
import type { Effect } from './fault.ts';

type Stream = Toxic['stream'];
/** Towards the accepting node, and back. */
export const bothWays: readonly Stream[] = ['upstream', 'downstream'];

/** One toxic on each stream of each edge. Its name says which step put it there: `firedrill-drop-2-upstream`. */
export function toxicEffects(
  step: string,
  edges: readonly string[],
  streams: readonly Stream[],
  type: Toxic['type'],
  attributes: Toxic['attributes'],
): readonly Effect[] {
  return edges.flatMap((edge) =>
    streams.map((stream) => {
      const toxic: Toxic = { name: `firedrill-${step}-${stream}`, type, stream, toxicity: 1, attributes };
      const action = { kind: 'toxic-add', edge, toxic } as const;
      return { action, undo: undoOf(action) };
    }),
  );
}

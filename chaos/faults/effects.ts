import { type Action, undoOf } from '@firedrill/lab/control';
import type { Effect } from './fault.ts';

/** Pure: actions, each with what undoes it. */
export const effectsOf = (actions: readonly Action[]): readonly Effect[] =>
  actions.map((action) => ({ action, undo: undoOf(action) }));

/** The same on each of these edges. */
export const edgeEffects = (
  kind: 'edge-disable' | 'edge-hang',
  edges: readonly string[],
): readonly Effect[] => effectsOf(edges.map((edge) => ({ kind, edge })));

/** The same on each of these nodes. */
export const nodeEffects = (kind: 'node-kill' | 'node-pause', nodes: readonly string[]): readonly Effect[] =>
  effectsOf(nodes.map((node) => ({ kind, node })));

import { expect, test } from 'vitest';
import type { JournalEvent } from '../journal/event.ts';
import { abortFigure } from './abort.ts';

const at = (ms: number): { readonly seq: number; readonly at: string } => ({
  seq: ms,
  at: new Date(ms).toISOString(),
});
const healed = (ms: number): JournalEvent => ({
  ...at(ms),
  type: 'healed',
  fault: 'drop',
  undo: { kind: 'edge-restore', edge: 'api-1:pg-1' },
  tookMs: 3,
  by: 'guardian',
});
const abort: JournalEvent = { ...at(2010), type: 'abort', reason: 'why', askedAt: at(2000).at };

test('a run that came to its end was not aborted', () => {
  expect(abortFigure({ events: [healed(1000)] })).toBe(undefined);
});

test('the figure counts from the moment of the reason to the last undo, and not what was healed as planned', () => {
  const events = [healed(1000), abort, healed(2200), healed(2350)];
  expect(abortFigure({ events })).toEqual({ reason: 'why', toHealedMs: 350 });
});

test('where no fault was in, nothing was healed', () => {
  expect(abortFigure({ events: [healed(1000), abort] })).toEqual({ reason: 'why', toHealedMs: null });
});

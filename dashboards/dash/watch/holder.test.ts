import { expect, it } from 'vitest';
import { holderOf } from './holder.ts';

it.each([
  ['a run', { run: 'r1', sealed: false }, true, { heldBy: 'run', run: 'r1' }],
  ['a drill, whose run nobody is told', { run: 'r1', sealed: true }, true, { heldBy: 'drill', run: null }],
  ['a run that was killed', { run: 'r1', sealed: false }, false, { heldBy: null, run: null }],
  ['a drill that was killed', { run: 'r1', sealed: true }, false, { heldBy: null, run: null }],
  ['nobody', undefined, true, { heldBy: null, run: null }],
])('%s', (_, owner, lives, holder) => expect(holderOf(owner, lives)).toEqual(holder));

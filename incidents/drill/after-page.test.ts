import { expect, it } from 'vitest';
import { afterPageOf } from './after-page.ts';
import type { DrillEntry } from './event.ts';
import { begun, journal, lever, scenarioNamed, seen } from './testing/played.ts';

const start = begun(scenarioNamed('slow-provider'));
const said: DrillEntry = { type: 'diagnosed', by: 'ana', component: 'payment-1', cause: 'slow' };
const ended: DrillEntry = { type: 'ended', how: 'resolved', seen };

it('is when it was acknowledged, first said, and the last lever that helps was done', () => {
  const events = journal(
    [-60, start],
    ...lever(15, 'restart api-1'),
    [30, said],
    ...lever(40, 'payment-fallback on'),
    ...lever(90, 'shed-load 0.3'),
    [200, ended],
  );
  expect(afterPageOf(events)).toEqual({ acknowledgedMs: 8000, saidMs: 30_000, actedMs: 42_000 });
});

it('tells nothing of what was not done, and nothing without a page', () => {
  const idle = journal([-60, start], [200, { ...ended, seen: { ...seen, acknowledgedAt: null } }]);
  expect(afterPageOf(idle)).toEqual({ acknowledgedMs: null, saidMs: null, actedMs: null });
  const quiet = journal([-60, start], [30, said], [200, { ...ended, seen: { ...seen, pagedAt: null } }]);
  expect(afterPageOf(quiet)).toMatchObject({ acknowledgedMs: null, saidMs: null });
});

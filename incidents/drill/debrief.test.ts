import { expect, it } from 'vitest';
import { debriefMarkdown, debriefText, outcomeLine } from './debrief.ts';
import type { DrillEntry } from './event.ts';
import { begun, journal, lever, scenarioNamed, seen } from './testing/played.ts';

const said: DrillEntry = { type: 'diagnosed', by: 'ana', component: 'payment-1', cause: 'slow' };
const events = journal(
  [-60, begun(scenarioNamed('slow-provider'))],
  [30, said],
  ...lever(40, 'payment-fallback on'),
  [80, { type: 'resolved', by: 'ana' }],
  [200, { type: 'ended', how: 'resolved', seen }],
);

it('puts what was done beside what a practised team does', () => {
  const text = debriefText(events);
  expect(text).toMatch(/^20261129-025900-drill-l1-s1 {2}level 1, ana: resolved, 100 of 100\n/);
  expect(text).toMatch(/^ *-0:10 {2}it breaks +\+0:00 {2}page CheckoutLatency$/m);
  expect(text).toMatch(/^ *\+0:42 {2}pnpm lab payment-fallback on: done +\+1:20 {2}sees that/m);
  expect(text).toMatch(
    /^ {2}budget +15 of 15 +80 bad events; 620 if nobody had acted, 140 by a practised team$/m,
  );
  const markdown = debriefMarkdown(events);
  expect(markdown).toContain('| +0:30 | ana says payment-1: it answers late |');
  expect(markdown).toContain('| **total** | **100** | **100** |');
  expect(markdown).toContain('seed 1');
  expect(markdown).toContain('a yardstick that was set, not measured');
});

it('of what was broken off it says why, and scores nothing', () => {
  const broken = journal(
    [-60, begun(scenarioNamed('quiet'))],
    [5, { type: 'ended', how: 'broken-off', reason: 'the lab died' }],
  );
  expect(outcomeLine(broken)).toBe(
    '20261129-025900-drill-l1-s1  level 1, ana: broken off: the lab died; nothing is scored',
  );
  expect(debriefMarkdown(broken)).toContain('Nothing was broken');
});

import type { JournalEvent } from '@firedrill/chaos';
import { expect, test } from 'vitest';
import { whereTimeWent } from './overhead.ts';

const at = (seconds: number): string => new Date(1000 * seconds).toISOString();
const phase = (seconds: number, name: string): JournalEvent =>
  ({ seq: 0, at: at(seconds), type: 'phase', phase: name }) as JournalEvent;

const events = [
  { seq: 0, at: at(1), type: 'planned' },
  { seq: 1, at: at(10), type: 'lab-ready', labId: 'x', started: true, tookMs: 8000 },
  { seq: 2, at: at(13), type: 'load-started', startedAtMs: 12_000 },
  phase(114, 'settle'),
  phase(120, 'evidence'),
  phase(121.5, 'check'),
  { seq: 6, at: at(122), type: 'finished', phase: 'check' },
] as JournalEvent[];
const guardian = [
  { at: at(121.6), what: 'stop-lab' },
  { at: at(121.9), what: 'lab-stopped' },
];
const trace = { cell: 'a@1#1', events, guardian, lastSentMs: 112_000, startedMs: 400, endedMs: 122_250 };

test('every second of a run is the lab’s, its own timeline’s or the runner’s', () => {
  const run = whereTimeWent(trace);
  expect(run).toEqual({
    cell: 'a@1#1',
    seconds: 121.85,
    labUp: 8,
    labDown: 0.3,
    timeline: 100,
    settle: 6,
    parts: { start: 0.6, beforeLoad: 3, drain: 2, evidence: 1.5, report: 0.2, exit: 0.25 },
    overhead: 7.55,
  });
  expect(run.labUp + run.labDown + run.timeline + run.settle + run.overhead).toBeCloseTo(run.seconds);
});

test('a run that never came so far has no figures', () => {
  expect(() => whereTimeWent({ ...trace, events: events.slice(0, 3) })).toThrow(/has no finished/);
});

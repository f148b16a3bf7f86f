import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { parseExperiment } from '../experiments/experiment.ts';
import quickDrop from '../guardian/testing/quick-drop.ts';
import type { LoadProgress } from '../load/protocol.ts';
import { refuseSickControl, unexpectedPages } from './control-health.ts';
import { makePlan } from './plan.ts';

const plan = makePlan({
  experiment: parseExperiment(quickDrop, 'quick-drop.ts'),
  topology: levelByNumber(1),
  seed: 1,
  clock: 'drill',
});
const browsed = (good: number, bad: number): LoadProgress => ({
  type: 'progress',
  atMs: 0,
  inFlight: 0,
  late: 0,
  dropped: 0,
  lastSecond: {},
  total: { browse: { sent: good + bad, good, bad, excluded: 0 } },
});

test('a healthy control, or one without an answer yet, is let through', () => {
  expect(() => refuseSickControl(plan, browsed(5, 5), [])).not.toThrow();
  expect(() => refuseSickControl(plan, undefined, [])).not.toThrow();
});

test('no fault goes into what is broken already: errors, or a page that nobody expects', () => {
  expect(() => refuseSickControl(plan, browsed(4, 6), ['Disk'])).toThrow(
    'browse: 60.0 % errors without a fault, Disk is open without a fault',
  );
});

test('a page that the experiment allows is nobody else’s', () => {
  expect(unexpectedPages(plan, ['CheckoutAvailability', 'Disk'])).toEqual(['Disk']);
});

import { expect, test } from 'vitest';
import { aborting, stoppableRuns } from './testing/stoppable-runs.ts';

const { start, expectAborted } = stoppableRuns();

test('a run is aborted, healed, and keeps its evidence when an alert fires that it names', async () => {
  await expectAborted(start([aborting, '--variant', 'alert']), /^guard: ProbeFailing ticket fires$/);
});

test('a guard that Prometheus refuses lets no fault in', async () => {
  const started = start([aborting, '--variant', 'refused-query']);
  expect(await started.exit, started.output()).toBe(2);
  expect(started.output()).toContain('Prometheus refuses the guard rate(client_requests_total)');
  expect(started.applied()).toBe(0);
});

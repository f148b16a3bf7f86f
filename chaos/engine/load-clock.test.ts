import { expect, test } from 'vitest';
import { LoadClock } from './load-clock.ts';
import { Stop } from './stop.ts';
import { unlessStopped } from './unless-stopped.ts';

test('a wait ends at once when the run is stopped, and the next does not begin', async () => {
  const stop = new Stop();
  const clock = new LoadClock(Date.now(), stop);
  const waits = clock.until(600_000);
  stop.ask('enough');
  await expect(waits).rejects.toThrow();
  await expect(clock.until(0)).rejects.toThrow();
});

test('work that never ends is left with the reason of the stop', async () => {
  const stop = new Stop();
  const work = unlessStopped(stop, new Promise(() => {}));
  stop.ask('enough');
  await expect(work).rejects.toMatchObject({ code: 'aborted', message: 'enough' });
});

test('offsets count from the start of the load, also when that was a while ago', async () => {
  const clock = new LoadClock(Date.now() - 60_000, new Stop());
  expect(clock.offset()).toBeGreaterThanOrEqual(59_990);
  await clock.until(60_020);
  expect(clock.offset()).toBeGreaterThanOrEqual(60_015);
});

test('a wait that has enough ends, and keeps nothing waiting; that of a run that is stopped still throws', async () => {
  const stop = new Stop();
  const clock = new LoadClock(Date.now(), stop);
  const enough = new AbortController();
  const waits = clock.until(600_000, enough.signal);
  enough.abort();
  await waits;
  expect(clock.offset()).toBeLessThan(60_000);
  stop.ask('stopped');
  await expect(clock.until(600_000, enough.signal)).rejects.toThrow();
});

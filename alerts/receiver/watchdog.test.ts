import { describe, expect, it } from 'vitest';
import { WatchdogWatch } from './watchdog.ts';

const options = { startedAtMs: 0, silenceMs: 10_000, firstHeartbeatMs: 60_000 };

describe('the watch over the Watchdog', () => {
  it('pages once when the heartbeat stops, and resolves when it comes back', () => {
    const watch = new WatchdogWatch(options);
    watch.beat(1000);
    expect(watch.check(10_999)).toBeUndefined();
    expect(watch.check(11_000)).toMatchObject({
      alert: 'WatchdogMissing',
      severity: 'page',
      status: 'firing',
    });
    expect(watch.check(12_000)).toBeUndefined();
    expect(watch.missing).toBe(true);
    expect(watch.recovery(20_000)).toMatchObject({
      status: 'resolved',
      startsAt: '1970-01-01T00:00:11.000Z',
    });
    watch.beat(20_000);
    expect(watch.recovery(20_001)).toBeUndefined();
    expect(watch.missing).toBe(false);
    expect(watch.check(30_000)).toMatchObject({ status: 'firing' });
  });

  it('waits longer for the first heartbeat, but not for ever', () => {
    const watch = new WatchdogWatch(options);
    expect(watch.check(59_999)).toBeUndefined();
    expect(watch.check(60_000)).toMatchObject({ status: 'firing' });
  });

  it('still owes the end of a silence that was paged before a restart', () => {
    const watch = new WatchdogWatch({ ...options, missingSince: new Date(5000) });
    expect(watch.check(100_000)).toBeUndefined();
    expect(watch.recovery(1000)).toMatchObject({ status: 'resolved', startsAt: '1970-01-01T00:00:05.000Z' });
  });
});

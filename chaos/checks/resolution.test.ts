import { describe, expect, it } from 'vitest';
import { checkResolution } from './resolution.ts';
import { endSecond, loadFixture, page, told, withNotifications } from './testing/told.ts';

describe('a page', () => {
  it.each([
    [endSecond, 'pass'],
    [endSecond + 9, 'fail'],
    [endSecond - 20, 'fail'],
  ])('that resolves after %i s: %s', async (second, verdict) => {
    const run = await loadFixture(withNotifications(page('CheckoutAvailability', 9.3, second)));
    const check = checkResolution(run);
    expect(check.verdict, check.summary).toBe(verdict);
    expect(check.evidence[0]).toMatch(/predicted 7\d\.\d s, 6\d\.\d s to 7\d\.\d s so near the threshold\)$/);
  });

  it('may take longer where an earlier run of the lab is still in the slow windows', async () => {
    const made = withNotifications(page('CheckoutAvailability', 9.3, endSecond + 9));
    const journal = made.journal.map((event) =>
      event.type === 'lab-ready' ? { ...event, started: false } : event,
    );
    expect(checkResolution(await loadFixture({ ...made, journal })).verdict).toBe('pass');
  });

  it('that never resolves says nothing', async () => {
    const run = await loadFixture(withNotifications([told('firing', 'page', 'CheckoutAvailability', 9.3)]));
    expect(checkResolution(run).verdict).toBe('inconclusive');
  });
});

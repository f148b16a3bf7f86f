import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../journal/event.ts';
import { healedMs, injectedMs } from '../report/testing/fixture-load.ts';
import { checkFlapping } from './flapping.ts';
import { after, endSecond, loadFixture, page, told, withNotifications } from './testing/told.ts';

describe('a page', () => {
  it('that ends and comes again while its fault is steady fails the run', async () => {
    const twice = [...page('CheckoutAvailability', 9.3, 15), ...page('CheckoutAvailability', 20, endSecond)];
    const check = checkFlapping(await loadFixture(withNotifications(twice)));
    expect(check).toMatchObject({
      verdict: 'fail',
      summary: 'page CheckoutAvailability flapped under a steady fault, 1 time.',
    });
    expect(check.evidence).toEqual([
      `page CheckoutAvailability resolved at ${after(15)} and fired again at ${after(20)}`,
    ]);
  });

  it('may come again once something has changed: the heal, or what the operator did', async () => {
    const healedSecond = (healedMs - injectedMs) / 1000;
    const again = [
      ...page('CheckoutAvailability', 9.3, healedSecond - 2),
      ...page('CheckoutAvailability', healedSecond + 3, endSecond),
    ];
    expect(checkFlapping(await loadFixture(withNotifications(again))).verdict).toBe('pass');

    const promoted: JournalEvent = {
      seq: 0,
      at: after(17),
      type: 'operator',
      lever: 'promote',
      node: 'pg-2',
      state: 'done',
      text: '',
      tookMs: 1,
    };
    const twice = [...page('CheckoutAvailability', 9.3, 15), ...page('CheckoutAvailability', 20, endSecond)];
    expect(checkFlapping(await loadFixture(withNotifications([...twice, promoted]))).verdict).toBe('pass');
  });

  it('of two instances is no flap: one ends, the other begins', async () => {
    const [a, b] = [{ fingerprint: 'a' }, { fingerprint: 'b' }];
    const run = withNotifications([
      told('firing', 'page', 'ReconcilerMismatch', 10, a),
      told('resolved', 'page', 'ReconcilerMismatch', 12, a),
      told('firing', 'page', 'ReconcilerMismatch', 14, b),
      told('resolved', 'page', 'ReconcilerMismatch', 16, b),
    ]);
    expect(checkFlapping(await loadFixture(run)).verdict).toBe('pass');
  });
});

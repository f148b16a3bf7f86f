import { describe, expect, it } from 'vitest';
import type { Plan } from '../journal/event.ts';
import { checkAlertContract } from './alert-contract.ts';
import { endSecond, loadFixture, page, told, usual, withNotifications } from './testing/told.ts';

describe('the alert contract', () => {
  const saturation = { alert: 'PoolSaturation', severity: 'ticket' } as const;
  const ordered: Partial<Plan['alerts']> = {
    expected: [
      { alert: 'CheckoutAvailability', severity: 'page', withinMs: 20_000, predictedMs: 9_140 },
      {
        ...saturation,
        withinMs: 20_000,
        predictedMs: 14_000,
        after: { alert: 'CheckoutAvailability', severity: 'page' },
      },
    ],
  };

  it.each([
    [14, 'pass', 'page CheckoutAvailability after 9.30 s, ticket PoolSaturation after 14.00 s'],
    [
      9,
      'fail',
      'ticket PoolSaturation came after 9.00 s without page CheckoutAvailability, which took 9.30 s',
    ],
  ])('with the cause told after %i s is %s: users come first', async (second, verdict, said) => {
    const run = await loadFixture(
      withNotifications([...usual, told('firing', 'ticket', 'PoolSaturation', second)], ordered),
    );
    const check = checkAlertContract(run);
    expect(check.verdict).toBe(verdict);
    expect(check.summary).toContain(said);
  });

  it('fails by the reason of what is forbidden', async () => {
    const forbidden = [{ alert: 'BrowseLatency', severity: 'page', reason: 'nobody waits' }] as const;
    const run = await loadFixture(
      withNotifications([...usual, ...page('BrowseLatency', 8, 40)], { forbidden: [...forbidden] }),
    );
    expect(checkAlertContract(run)).toMatchObject({
      verdict: 'fail',
      summary: 'page BrowseLatency came and is forbidden: nobody waits.',
    });
  });

  it('allows a ticket, and not the page of the same name', async () => {
    const run = await loadFixture(
      withNotifications([...usual, ...page('CheckoutLatency', 12, 40)], {
        allowed: [{ alert: 'CheckoutLatency', severity: 'ticket', reason: 'late answers' }],
      }),
    );
    expect(checkAlertContract(run).summary).toBe('page CheckoutLatency came and is not allowed.');
  });

  it('knows no alert that is neither page nor ticket', async () => {
    const odd = told('firing', 'page', 'OddOne', 12, { severity: '' });
    const run = await loadFixture(withNotifications([...usual, odd]));
    expect(checkAlertContract(run)).toMatchObject({
      verdict: 'fail',
      summary: 'OddOne came and is not allowed.',
    });
  });

  it('does not take a page for resolved that fired again', async () => {
    const run = await loadFixture(
      withNotifications([...usual, told('firing', 'page', 'CheckoutAvailability', endSecond + 5)]),
    );
    expect(checkAlertContract(run).verdict).toBe('inconclusive');
  });
});

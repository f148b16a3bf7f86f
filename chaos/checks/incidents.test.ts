import { describe, expect, it } from 'vitest';
import type { AlertNotification } from '../journal/event.ts';
import { after, endSecond, loadFixture, told, withNotifications } from './testing/told.ts';
import { incidentFigures } from './verdict-figures.ts';

describe('the incident of a run', () => {
  it('begins with the first page, takes in what follows from it, and has a predicted end', async () => {
    const slo = (name: string): Partial<AlertNotification> => ({ slo: `shop-l1-${name}-availability` });
    const run = await loadFixture(
      withNotifications([
        told('firing', 'page', 'BrowseAvailability', 7, slo('browse')),
        told('firing', 'ticket', 'ComponentDown', 8),
        told('firing', 'page', 'CheckoutAvailability', 9.3, slo('checkout')),
        told('resolved', 'page', 'BrowseAvailability', 67, slo('browse')),
        told('firing', 'ticket', 'CheckoutAvailability', 69.9, { ...slo('checkout'), startsAt: after(25) }),
        told('resolved', 'page', 'CheckoutAvailability', endSecond, slo('checkout')),
      ]),
    );
    const [incident, ...more] = incidentFigures(run);
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      openedMs: 7000,
      resolvedMs: endSecond * 1000,
      alerts: ['page BrowseAvailability', 'page CheckoutAvailability', 'ticket CheckoutAvailability'],
    });
    expect(Math.abs(incident!.predictedResolvedMs! - endSecond * 1000)).toBeLessThan(2000);
  });
});

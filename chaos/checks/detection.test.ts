import { describe, expect, it } from 'vitest';
import type { Piece } from '../evidence/piece.ts';
import type { JournalEvent } from '../journal/event.ts';
import { injectedMs } from '../report/testing/fixture-load.ts';
import { detections } from './detection.ts';
import { after, loadFixture, page, told, usual, withNotifications } from './testing/told.ts';
import { alertFigures } from './verdict-figures.ts';

describe('the detection of each alert', () => {
  it('goes from the first bad event to the receiver, with what was possible beside it', async () => {
    const [first] = detections(await loadFixture(withNotifications(usual)));
    expect(first).toMatchObject({ standing: 'expected', alert: 'CheckoutAvailability', measuredMs: 9300 });
    const { crossingMs, bestMs, measuredMs } = first!.fromFirstBad;
    expect(bestMs! - crossingMs!).toBe(600);
    expect(measuredMs).toBe(injectedMs + 9300 - first!.firstBadMs!);
  });

  it('is told of what is allowed and of what is not, in the order in which it came', async () => {
    const run = await loadFixture(
      withNotifications([
        ...page('BrowseLatency', 8, 40),
        ...page('BrowseAvailability', 7, 60),
        ...usual,
        told('firing', 'ticket', 'ReplicationLag', 5),
      ]),
    );
    expect(detections(run).map(({ alert, standing }) => `${alert} ${standing}`)).toEqual([
      'CheckoutAvailability expected',
      'ReplicationLag unexpected',
      'BrowseAvailability allowed',
      'BrowseLatency unexpected',
    ]);
  });

  it('ends with whoever first took it', async () => {
    const taken = (second: number, by: string, ...alerts: string[]): JournalEvent => ({
      seq: 0,
      at: after(second + 0.4),
      type: 'acknowledged',
      incident: '20261123-020110-l1',
      by,
      acknowledgedAt: after(second),
      alerts,
    });
    const run = await loadFixture(
      withNotifications([
        ...usual,
        ...page('BrowseAvailability', 30, 60),
        taken(20, 'ana', 'page CheckoutAvailability'),
        taken(40, 'eve', 'page CheckoutAvailability', 'ticket CheckoutAvailability'),
      ]),
    );
    expect(detections(run)[0]).toMatchObject({ acknowledged: { atMs: injectedMs + 20_000, by: 'ana' } });
    expect(alertFigures(run).map(({ alert, acknowledgedMs }) => [alert, acknowledgedMs])).toEqual([
      ['CheckoutAvailability', 20_000],
      ['BrowseAvailability', null],
    ]);
  });

  it('tells of a page that the events called for and that never fired', async () => {
    const run = await loadFixture(withNotifications(usual));
    expect(detections(run).map(({ alert, standing }) => `${alert} ${standing}`)).toEqual([
      'CheckoutAvailability expected',
      'BrowseAvailability silent',
    ]);
  });

  it('asks Prometheus where the run did not see it: a ticket that its page held back', async () => {
    const run = withNotifications(usual);
    const history: Piece = {
      ...run.evidence.find(({ piece }) => piece === 'prometheus-budget')!,
      piece: 'prometheus-alerts-history',
      answer: {
        data: {
          resultType: 'matrix',
          result: ['pending', 'firing'].map((alertstate, index) => ({
            metric: { alertname: 'CheckoutAvailability', severity: 'ticket', alertstate },
            values: [[injectedMs / 1000 + 20 + index, '1']],
          })),
        },
      },
    };
    const [, ticket] = alertFigures(await loadFixture({ ...run, evidence: [...run.evidence, history] }));
    expect(ticket).toMatchObject({
      severity: 'ticket',
      standing: 'allowed',
      pendingMs: 20_000,
      firingMs: 21_000,
      deliveredMs: null,
    });
  });

  it('takes the pending that led to the firing, not an earlier one', async () => {
    const run = withNotifications([...usual, told('firing', 'ticket', 'ReplicationLag', 12)]);
    const pending = [-30, 7].map(
      (second): JournalEvent => ({
        seq: 0,
        at: after(second),
        type: 'alert',
        alert: 'ReplicationLag',
        severity: 'ticket',
        state: 'pending',
      }),
    );
    const journal = [...run.journal, ...pending].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    const figures = alertFigures(await loadFixture({ ...run, journal }));
    expect(figures.find(({ alert }) => alert === 'ReplicationLag')?.pendingMs).toBe(7000);
  });
});

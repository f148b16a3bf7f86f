import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IncidentNotification, incidentsOf, noIncidents, withNotification } from './incident.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 9, 0, second)).toISOString();
type Change = Partial<IncidentNotification> & { readonly since?: number };

const told = (
  status: 'firing' | 'resolved',
  severity: string,
  slo: string | undefined,
  second: number,
  { since = second, ...change }: Change = {},
): IncidentNotification => ({
  alert: slo ?? 'ComponentDown',
  severity,
  slo,
  status,
  startsAt: at(since),
  receivedAt: at(second),
  ...change,
});

const names = (log: ReturnType<typeof incidentsOf>): string[][] =>
  log.incidents.map(({ alerts }) => alerts.map(({ severity, alert }) => `${severity} ${alert}`));

describe('an incident', () => {
  it('opens at its first page, takes in the later ones, and ends with the last of them', () => {
    const log = incidentsOf([
      told('firing', 'page', 'browse', 5),
      told('firing', 'page', 'checkout', 9),
      told('resolved', 'page', 'browse', 40, { since: 5 }),
      told('resolved', 'page', 'checkout', 44, { since: 9 }),
    ]);
    expect(names(log)).toEqual([['page browse', 'page checkout']]);
    expect(log.incidents[0]).toMatchObject({ openedAt: at(5), resolvedAt: at(44) });
  });

  it('is over only when no page of it is open', () => {
    const log = incidentsOf([
      told('firing', 'page', 'browse', 5),
      told('firing', 'page', 'checkout', 9),
      told('resolved', 'page', 'browse', 40, { since: 5 }),
    ]);
    expect(log.incidents[0]).not.toHaveProperty('resolvedAt');
  });

  it('is another one when a page comes after the end', () => {
    const log = incidentsOf([
      told('firing', 'page', 'browse', 5),
      told('resolved', 'page', 'browse', 40, { since: 5 }),
      told('firing', 'page', 'browse', 50),
    ]);
    expect(log.incidents.map(({ openedAt, resolvedAt }) => [openedAt, resolvedAt])).toEqual([
      [at(5), at(40)],
      [at(50), undefined],
    ]);
  });

  it('takes in the tickets of its SLOs: open before it, fired in it, and held back until its end', () => {
    const log = incidentsOf([
      told('firing', 'ticket', 'checkout', 1),
      told('firing', 'ticket', 'browse', 2),
      told('firing', 'page', 'checkout', 5),
      told('firing', 'page', 'browse', 6),
      told('resolved', 'page', 'checkout', 40, { since: 5 }),
      told('resolved', 'page', 'browse', 41, { since: 6 }),
      told('firing', 'ticket', 'search', 42, { since: 10 }),
      told('firing', 'ticket', 'checkout-slow', 42, { since: 10, slo: 'checkout' }),
    ]);
    expect(names(log)).toEqual([
      ['page checkout', 'ticket checkout', 'page browse', 'ticket browse', 'ticket checkout-slow'],
    ]);
    expect(log.beside.map(({ alert }) => alert)).toEqual(['search']);
  });

  it('leaves a ticket beside it that has no SLO, another one, or began after its end', () => {
    const log = incidentsOf([
      told('firing', 'page', 'checkout', 5),
      told('firing', 'ticket', undefined, 7),
      told('firing', 'ticket', 'browse', 8),
      told('resolved', 'page', 'checkout', 40, { since: 5 }),
      told('firing', 'ticket', 'checkout', 41),
      told('resolved', 'ticket', undefined, 42, { since: 7 }),
    ]);
    expect(names(log)).toEqual([['page checkout']]);
    expect(log.beside.map(({ alert, resolvedAt }) => [alert, resolvedAt])).toEqual([
      ['ComponentDown', at(42)],
      ['browse', undefined],
      ['checkout', undefined],
    ]);
  });

  it('is not disturbed by repeats, ends of what never fired, heartbeats and other instances', () => {
    const log = incidentsOf([
      told('resolved', 'page', 'checkout', 1),
      told('firing', 'watchdog', undefined, 2),
      told('firing', 'page', undefined, 3, { alert: 'ReconcilerMismatch', fingerprint: 'a' }),
      told('firing', 'page', undefined, 4, { alert: 'ReconcilerMismatch', fingerprint: 'b' }),
      told('firing', 'page', undefined, 5, { alert: 'ReconcilerMismatch', fingerprint: 'a', since: 3 }),
      told('resolved', 'page', undefined, 6, { alert: 'ReconcilerMismatch', fingerprint: 'a', since: 3 }),
    ]);
    expect(log.incidents).toHaveLength(1);
    expect(log.incidents[0]?.alerts.map(({ resolvedAt }) => resolvedAt)).toEqual([at(6), undefined]);
    expect(log.incidents[0]).not.toHaveProperty('resolvedAt');
  });
});

it('incidents never overlap, and each page is in exactly one, whatever comes', () => {
  const step = fc.record({
    status: fc.constantFrom('firing' as const, 'resolved' as const),
    severity: fc.constantFrom('page', 'ticket'),
    slo: fc.constantFrom('checkout', 'browse', undefined),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const all = steps.map(({ status, severity, slo }, second) => told(status, severity, slo, second));
      const log = incidentsOf(all);
      const open = new Set<string>();
      let pages = 0;
      for (const { status, severity, slo } of all) {
        if (severity !== 'page') continue;
        if (status === 'firing' && !open.has(`${slo}`)) pages += 1;
        if (status === 'firing') open.add(`${slo}`);
        else open.delete(`${slo}`);
      }
      const inIncidents = log.incidents.flatMap(({ alerts }) =>
        alerts.filter((one) => one.severity === 'page'),
      );
      expect(inIncidents).toHaveLength(pages);
      for (const [index, incident] of log.incidents.entries()) {
        expect(incident.alerts[0].severity).toBe('page');
        const next = log.incidents[index + 1];
        if (next !== undefined)
          expect(Date.parse(incident.resolvedAt!)).toBeLessThan(Date.parse(next.openedAt));
      }
      expect(log.incidents.at(-1)?.resolvedAt === undefined && pages > 0).toBe(open.size > 0);
      // One by one, as a pager gets them, it is the same.
      expect(all.reduce(withNotification, noIncidents)).toEqual(log);
    }),
  );
});

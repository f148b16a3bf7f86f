import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, lab, numbered, page, told } from '../testing/told.ts';
import type { Act, ActDraft } from './act.ts';
import { type Incident, incidentSchema } from './incident.ts';
import { incidentsOf } from './incidents-of.ts';
import { refusalOf } from './refusal.ts';

const id = '20261123-090005-l1';

/** Acts as the pager would number them; `after` is the notification that was the newest. */
function done(...acts: readonly (ActDraft & { readonly after?: number; readonly by?: string })[]): Act[] {
  return acts.map(({ after = 1, by = 'ana', ...draft }, index) => ({
    lab,
    incident: id,
    revision: index + 1,
    at: at(100 + index),
    by,
    after,
    ...(draft.kind === 'resolve' ? { ...draft, firing: [] } : draft),
  }));
}

const browse = told('firing', 'page', 'Browse', 5);
const of = (notifications: Parameters<typeof numbered>[0], acts: readonly Act[] = []) =>
  incidentsOf({ lab, notifications: numbered(notifications), acts });

describe('an incident', () => {
  it('is named by its opening and its level, and has its alerts in their own words', () => {
    const { incidents, tickets } = of([
      browse,
      told('firing', 'ticket', 'Browse', 7),
      told('firing', 'ticket', 'DiskFull', 8, { slo: undefined }),
    ]);
    expect(incidents).toMatchObject([
      {
        id,
        lab,
        level: 1,
        status: 'open',
        revision: 0,
        openedAt: at(5),
        alerts: [
          { severity: 'page', alert: 'Browse', summary: 'Browse is not well', firedAt: at(5) },
          { severity: 'ticket', alert: 'Browse' },
        ],
      },
    ]);
    expect(tickets.map(({ alert }) => alert)).toEqual(['DiskFull']);
    expect(incidentSchema.parse(incidents[0])).toEqual(incidents[0]);
  });

  it('keeps its name when another one opens in the same second', () => {
    const twice = [...page('Browse', 5, 5.2), told('firing', 'page', 'Browse', 5.5)];
    expect(of(twice).incidents.map((one) => one.id)).toEqual([id, `${id}-2`]);
  });

  it.each<[string, readonly ActDraft[], Partial<Incident>]>([
    ['acknowledged', [{ kind: 'acknowledge' }], { status: 'acknowledged', assignee: 'ana' }],
    [
      'given to somebody',
      [{ kind: 'acknowledge' }, { kind: 'assign', to: 'bob' }],
      { status: 'acknowledged', assignee: 'bob' },
    ],
    ['noted', [{ kind: 'note', text: 'the pool is dry' }], { status: 'open', revision: 1 }],
    [
      'escalated',
      [{ kind: 'acknowledge' }, { kind: 'escalate', to: 'eve' }],
      { status: 'open', assignee: 'eve', escalations: 1 },
    ],
    [
      'resolved by force',
      [{ kind: 'resolve' }],
      { status: 'resolved', resolved: { at: at(100), by: 'ana' } },
    ],
  ])('can be %s', (_name, acts, expected) => {
    expect(of([browse], done(...acts)).incidents[0]).toMatchObject(expected);
  });

  it('ends by itself with its last page where nobody has it, and waits for whoever has', () => {
    expect(of(page('Browse', 5, 40)).incidents[0]).toMatchObject({
      status: 'resolved',
      recoveredAt: at(40),
      resolved: { at: at(40) },
    });
    const noted = of(page('Browse', 5, 40), done({ kind: 'note', text: 'seen before' }));
    expect(noted.incidents[0]).toMatchObject({ status: 'resolved' });
    const taken = of(page('Browse', 5, 40), done({ kind: 'acknowledge' }));
    expect(taken.incidents[0]).toMatchObject({ status: 'recovered', recoveredAt: at(40) });
    expect(taken.incidents[0]).not.toHaveProperty('resolved');
  });

  it('that a person ended while it fired takes in no later page: that opens another one', () => {
    const all = [
      browse,
      told('firing', 'page', 'Checkout', 50),
      told('resolved', 'page', 'Browse', 60, { since: 5 }),
      told('firing', 'page', 'Browse', 70),
    ];
    const { incidents } = of(all, done({ kind: 'resolve', after: 1 }));
    expect(incidents.map((one) => [one.status, ...one.alerts.map(({ alert }) => alert)])).toEqual([
      ['resolved', 'Browse'],
      ['open', 'Checkout', 'Browse'],
    ]);
    expect(incidents[0]).toMatchObject({ recoveredAt: at(60) });
    // Without the act both belong to the first.
    expect(of(all).incidents).toHaveLength(1);
  });
});

describe('an act', () => {
  const taken = of([browse], done({ kind: 'acknowledge' })).incidents[0]!;
  const over = of(page('Browse', 5, 40)).incidents[0]!;
  const recovered = of(page('Browse', 5, 40), done({ kind: 'acknowledge' })).incidents[0]!;

  it.each<[string, Incident, ActDraft, RegExp]>([
    [
      'acknowledges what is acknowledged',
      taken,
      { kind: 'acknowledge' },
      /^ana acknowledged it already, at /,
    ],
    ['acknowledges what is over', over, { kind: 'acknowledge' }, /^it was resolved by itself, when its last/],
    ['acknowledges what has recovered', recovered, { kind: 'acknowledge' }, /acknowledged it already/],
    ['gives away what is over', over, { kind: 'assign', to: 'bob' }, /^it was resolved/],
    ['gives it to whoever has it', taken, { kind: 'assign', to: 'ana' }, /^it is with ana already/],
    ['escalates what is over', over, { kind: 'escalate' }, /^it was resolved/],
    ['escalates what has recovered', recovered, { kind: 'escalate' }, /^its pages have ended/],
    ['resolves what is over', over, { kind: 'resolve' }, /^it was resolved/],
    ['resolves what still fires', taken, { kind: 'resolve' }, /^page Browse still fires/],
  ])('is refused that %s', (_name, incident, act, because) => {
    expect(refusalOf(incident, act)?.because).toMatch(because);
  });

  it('is taken where it fits', () => {
    expect(refusalOf(over, { kind: 'note', text: 'it was the deploy' })).toBeUndefined();
    expect(refusalOf(taken, { kind: 'assign', to: 'bob' })).toBeUndefined();
    expect(refusalOf(taken, { kind: 'resolve' }, true)).toBeUndefined();
    expect(refusalOf(recovered, { kind: 'resolve' })).toBeUndefined();
    expect(refusalOf(recovered, { kind: 'assign', to: 'bob' })).toBeUndefined();
  });
});

it('whatever is told and done, ids are unique and stay, each page is in one incident, and only the open ones take it', () => {
  const step = fc.oneof(
    fc.record({
      status: fc.constantFrom('firing' as const, 'resolved' as const),
      severity: fc.constantFrom('page' as const, 'ticket' as const),
      alert: fc.constantFrom('Browse', 'Checkout'),
    }),
    fc.constantFrom<ActDraft>({ kind: 'acknowledge' }, { kind: 'escalate' }, { kind: 'resolve' }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const notifications: Omit<ReturnType<typeof told>, 'seq'>[] = [];
      const acts: Act[] = [];
      let before: readonly Incident[] = [];
      for (const [second, one] of steps.entries()) {
        if ('status' in one) notifications.push(told(one.status, one.severity, one.alert, second));
        else {
          const last = before.at(-1);
          if (last === undefined || refusalOf(last, one, true) !== undefined) continue;
          const [act] = done({ ...one, after: notifications.length });
          acts.push({ ...act!, incident: last.id, revision: last.revision + 1, at: at(second) });
        }
        const { incidents } = of(notifications, acts);
        expect(incidents.slice(0, before.length).map((incident) => incident.id)).toEqual(
          before.map((incident) => incident.id),
        );
        for (const [index, old] of before.entries()) {
          const now = incidents[index]!;
          if (old.status === 'resolved') expect(now.status).toBe('resolved');
          const pages = (incident: Incident) => incident.alerts.filter(({ severity }) => severity === 'page');
          if (old.status === 'resolved') expect(pages(now)).toHaveLength(pages(old).length);
        }
        expect(new Set(incidents.map((incident) => incident.id)).size).toBe(incidents.length);
        expect(incidents.flatMap((incident) => incident.acts)).toHaveLength(acts.length);
        before = incidents;
      }
    }),
  );
});

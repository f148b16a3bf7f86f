import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Silence } from '@firedrill/alerts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Piece } from '../evidence/piece.ts';
import type { AlertNotification, JournalEvent, Plan } from '../journal/event.ts';
import { healedMs, injectedMs } from '../report/testing/fixture-load.ts';
import { type FixtureRun, fixtureRun, writeFixtureRun } from '../report/testing/fixture-run.ts';
import { checkAlertContract } from './alert-contract.ts';
import { detections } from './detection.ts';
import { checkFlapping } from './flapping.ts';
import { loadRun } from './load-run.ts';
import { checkResolution } from './resolution.ts';
import type { Run } from './run.ts';
import { checkSilences } from './silences.ts';
import { alertFigures, incidentFigures, silenceFigures } from './verdict-figures.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-alerting-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function load(run: FixtureRun): Promise<Run> {
  await writeFixtureRun(dir, run);
  return loadRun(dir);
}

const after = (seconds: number): string => new Date(injectedMs + 1000 * seconds).toISOString();

function told(
  status: 'firing' | 'resolved',
  severity: 'page' | 'ticket',
  alert: string,
  atSecond: number,
  change: Partial<AlertNotification> = {},
): JournalEvent {
  const notification = {
    alert,
    severity,
    status,
    startsAt: after(atSecond - 0.2),
    receivedAt: after(atSecond),
    ...change,
  };
  return { seq: 0, at: after(atSecond), type: 'notification', notification };
}

/** The made-up run with other notifications than its own, in the order of their times. */
function withNotifications(
  notifications: readonly JournalEvent[],
  alerts: Partial<Plan['alerts']> = {},
): FixtureRun {
  const run = fixtureRun();
  const kept = run.journal
    .filter(({ type }) => type !== 'notification')
    .map((event) =>
      event.type === 'planned'
        ? { ...event, plan: { ...event.plan, alerts: { ...event.plan.alerts, ...alerts } } }
        : event,
    );
  const journal = [...kept, ...notifications].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { ...run, journal };
}

const page = (alert: string, firing: number, resolved: number): JournalEvent[] => [
  told('firing', 'page', alert, firing),
  told('resolved', 'page', alert, resolved),
];
/** What the made-up users' own requests predict: the slow leg holds the page. */
const endSecond = 70;
const usual = page('CheckoutAvailability', 9.3, endSecond);

describe('the detection of each alert', () => {
  it('goes from the first bad event to the receiver, with what was possible beside it', async () => {
    const [first] = detections(await load(withNotifications(usual)));
    expect(first).toMatchObject({ standing: 'expected', alert: 'CheckoutAvailability', measuredMs: 9300 });
    const { crossingMs, bestMs, measuredMs } = first!.fromFirstBad;
    expect(bestMs! - crossingMs!).toBe(600);
    expect(measuredMs).toBe(injectedMs + 9300 - first!.firstBadMs!);
  });

  it('is told of what is allowed and of what is not, in the order in which it came', async () => {
    const run = await load(
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
    const run = await load(
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
    const run = await load(withNotifications(usual));
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
    const [, ticket] = alertFigures(await load({ ...run, evidence: [...run.evidence, history] }));
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
    const figures = alertFigures(await load({ ...run, journal }));
    expect(figures.find(({ alert }) => alert === 'ReplicationLag')?.pendingMs).toBe(7000);
  });
});

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
    const run = await load(
      withNotifications([...usual, told('firing', 'ticket', 'PoolSaturation', second)], ordered),
    );
    const check = checkAlertContract(run);
    expect(check.verdict).toBe(verdict);
    expect(check.summary).toContain(said);
  });

  it('fails by the reason of what is forbidden', async () => {
    const forbidden = [{ alert: 'BrowseLatency', severity: 'page', reason: 'nobody waits' }] as const;
    const run = await load(
      withNotifications([...usual, ...page('BrowseLatency', 8, 40)], { forbidden: [...forbidden] }),
    );
    expect(checkAlertContract(run)).toMatchObject({
      verdict: 'fail',
      summary: 'page BrowseLatency came and is forbidden: nobody waits.',
    });
  });

  it('allows a ticket, and not the page of the same name', async () => {
    const run = await load(
      withNotifications([...usual, ...page('CheckoutLatency', 12, 40)], {
        allowed: [{ alert: 'CheckoutLatency', severity: 'ticket', reason: 'late answers' }],
      }),
    );
    expect(checkAlertContract(run).summary).toBe('page CheckoutLatency came and is not allowed.');
  });

  it('knows no alert that is neither page nor ticket', async () => {
    const odd = told('firing', 'page', 'OddOne', 12, { severity: '' });
    const run = await load(withNotifications([...usual, odd]));
    expect(checkAlertContract(run)).toMatchObject({
      verdict: 'fail',
      summary: 'OddOne came and is not allowed.',
    });
  });

  it('does not take a page for resolved that fired again', async () => {
    const run = await load(
      withNotifications([...usual, told('firing', 'page', 'CheckoutAvailability', endSecond + 5)]),
    );
    expect(checkAlertContract(run).verdict).toBe('inconclusive');
  });
});

describe('a silence', () => {
  const labels = { alertname: 'CheckoutAvailability', severity: 'page', instance: 'api-1' };
  const silence = (change: Partial<Silence> = {}, value = 'CheckoutAvailability'): Silence => ({
    id: 'a-silence',
    status: { state: 'active' },
    matchers: [{ name: 'alertname', value, isRegex: false, isEqual: true }],
    startsAt: after(-3600),
    endsAt: after(3600),
    createdBy: 'ana',
    comment: 'a deploy',
    ...change,
  });
  /** CheckoutAvailability fired at Prometheus and, with `told`, reached the receiver. */
  async function silenced(silences: readonly Silence[], told: readonly JournalEvent[] = []): Promise<Run> {
    const run = withNotifications(told);
    const about = run.evidence.find(({ piece }) => piece === 'alertmanager-silences')!;
    const fired = { ...labels, alertstate: 'firing' };
    const answer = {
      data: {
        resultType: 'matrix',
        result: [{ metric: fired, values: [9, 10, 11].map((second) => [injectedMs / 1000 + second, '1']) }],
      },
    };
    const evidence = [
      ...run.evidence.filter((piece) => piece !== about),
      { ...about, answer: silences },
      { ...about, piece: 'prometheus-alerts-history', answer },
    ];
    return load({ ...run, evidence });
  }

  it('of a page that was expected leaves open whether it comes, and is named', async () => {
    const run = await silenced([silence()]);
    const said = `silenced by ana until ${after(3600).slice(11, 19)} (a deploy)`;
    expect(checkSilences(run)).toMatchObject({
      verdict: 'inconclusive',
      summary: `page CheckoutAvailability fired, ${said}: whether it reaches anybody was not tested.`,
    });
    expect(checkAlertContract(run)).toMatchObject({
      verdict: 'inconclusive',
      summary: `page CheckoutAvailability never reached the receiver, ${said}.`,
    });
    expect(silenceFigures(run)).toMatchObject([
      { id: 'a-silence', owner: 'ana', toMs: 3_600_000, alerts: ['page CheckoutAvailability'] },
    ]);
  });

  it.each([
    ['of something else', silence({}, 'BrowseLatency')],
    ['of another instance', silence({ matchers: [...silence().matchers, ...instance('pg-1')] })],
    ['that had ended before', silence({ endsAt: after(8) })],
    ['that began after it', silence({ startsAt: after(12) })],
  ])('%s excuses nothing', async (_name, one) => {
    const run = await silenced([one]);
    expect(checkAlertContract(run).verdict).toBe('fail');
    expect(checkSilences(run)).toMatchObject({ verdict: 'pass' });
  });

  it('that came after the page has held nothing back', async () => {
    const run = await silenced([silence({ startsAt: after(10) })], usual);
    expect(checkSilences(run).verdict).toBe('pass');
    expect(checkAlertContract(run).verdict).toBe('pass');
  });

  it('does not hide what must not come', async () => {
    const run = await silenced([silence()]);
    const { expected: _, ...alerts } = run.plan.alerts;
    const strict = { ...run, plan: { ...run.plan, alerts: { ...alerts, expected: [] } } };
    expect(checkSilences(strict)).toMatchObject({
      verdict: 'fail',
      summary: expect.stringContaining('page CheckoutAvailability fired, silenced by ana'),
    });
  });

  it('that nobody tells of is not none', async () => {
    const run = withNotifications(usual);
    const evidence = run.evidence.filter(({ piece }) => piece !== 'alertmanager-silences');
    expect(checkSilences(await load({ ...run, evidence })).verdict).toBe('inconclusive');
  });
});

const instance = (value: string) => [{ name: 'instance', value, isRegex: false, isEqual: true }];

describe('a page', () => {
  it.each([
    [endSecond, 'pass'],
    [endSecond + 9, 'fail'],
    [endSecond - 20, 'fail'],
  ])('that resolves after %i s: %s', async (second, verdict) => {
    const run = await load(withNotifications(page('CheckoutAvailability', 9.3, second)));
    const check = checkResolution(run);
    expect(check.verdict, check.summary).toBe(verdict);
    expect(check.evidence[0]).toMatch(/predicted 7\d\.\d s, 6\d\.\d s to 7\d\.\d s so near the threshold\)$/);
  });

  it('may take longer where an earlier run of the lab is still in the slow windows', async () => {
    const made = withNotifications(page('CheckoutAvailability', 9.3, endSecond + 9));
    const journal = made.journal.map((event) =>
      event.type === 'lab-ready' ? { ...event, started: false } : event,
    );
    expect(checkResolution(await load({ ...made, journal })).verdict).toBe('pass');
  });

  it('that never resolves says nothing', async () => {
    const run = await load(withNotifications([told('firing', 'page', 'CheckoutAvailability', 9.3)]));
    expect(checkResolution(run).verdict).toBe('inconclusive');
  });

  it('that ends and comes again while its fault is steady fails the run', async () => {
    const twice = [...page('CheckoutAvailability', 9.3, 15), ...page('CheckoutAvailability', 20, endSecond)];
    const check = checkFlapping(await load(withNotifications(twice)));
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
    expect(checkFlapping(await load(withNotifications(again))).verdict).toBe('pass');

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
    expect(checkFlapping(await load(withNotifications([...twice, promoted]))).verdict).toBe('pass');
  });

  it('of two instances is no flap: one ends, the other begins', async () => {
    const [a, b] = [{ fingerprint: 'a' }, { fingerprint: 'b' }];
    const run = withNotifications([
      told('firing', 'page', 'ReconcilerMismatch', 10, a),
      told('resolved', 'page', 'ReconcilerMismatch', 12, a),
      told('firing', 'page', 'ReconcilerMismatch', 14, b),
      told('resolved', 'page', 'ReconcilerMismatch', 16, b),
    ]);
    expect(checkFlapping(await load(run)).verdict).toBe('pass');
  });
});

describe('the incident of a run', () => {
  it('begins with the first page, takes in what follows from it, and has a predicted end', async () => {
    const slo = (name: string): Partial<AlertNotification> => ({ slo: `shop-l1-${name}-availability` });
    const run = await load(
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

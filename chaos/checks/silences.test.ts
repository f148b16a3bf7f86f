import type { Silence } from '@firedrill/alerts';
import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../journal/event.ts';
import { injectedMs } from '../report/testing/fixture-load.ts';
import { checkAlertContract } from './alert-contract.ts';
import type { Run } from './run.ts';
import { checkSilences } from './silences.ts';
import { after, loadFixture, usual, withNotifications } from './testing/told.ts';
import { silenceFigures } from './verdict-figures.ts';

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
    return loadFixture({ ...run, evidence });
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
    expect(checkSilences(await loadFixture({ ...run, evidence })).verdict).toBe('inconclusive');
  });
});

const instance = (value: string) => [{ name: 'instance', value, isRegex: false, isEqual: true }];

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silenceDraft } from '../silences/silence-draft.ts';
import { Silences } from '../silences/silences.ts';
import { type Delivery, startDelivery } from './delivery.ts';

let delivery: Delivery;

beforeAll(async () => {
  delivery = await startDelivery();
});
afterAll(() => delivery.stop());

interface Raised {
  readonly alertname: string;
  readonly severity: 'page' | 'ticket';
  readonly slo?: string;
  readonly instance?: string;
}

/** As Prometheus tells Alertmanager; `ended` is the same alert's end. */
async function raise(alerts: readonly Raised[], ended = false): Promise<void> {
  const now = new Date().toISOString();
  const answer = await fetch(`${delivery.alertmanagerUrl}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(
      alerts.map(({ slo, severity, ...labels }) => ({
        labels: {
          ...labels,
          severity,
          service: 'shop-l1',
          ...(slo === undefined ? {} : { sloth_id: slo, sloth_severity: severity }),
        },
        ...(ended
          ? { endsAt: now }
          : { startsAt: now, endsAt: new Date(Date.now() + 600_000).toISOString() }),
      })),
    ),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

/** `page Checkout firing`, in the order in which they came. */
const told = async (): Promise<readonly string[]> =>
  (await delivery.notifications()).map(({ severity, alert, status, labels }) =>
    [severity, alert, labels['instance'], status].filter((word) => word !== undefined).join(' '),
  );
const untilTold = (...lines: readonly string[]) =>
  expect.poll(told, { timeout: 90_000, interval: 100 }).toEqual(expect.arrayContaining([...lines]));

/** Alertmanager has it, told of or silenced. */
const untilKnown = (alertname: string) =>
  expect
    .poll(
      async () => {
        const alerts = await (await fetch(`${delivery.alertmanagerUrl}/api/v2/alerts`)).json();
        return (alerts as { labels: { alertname: string } }[]).map(({ labels }) => labels.alertname);
      },
      { timeout: 90_000, interval: 100 },
    )
    .toContain(alertname);

describe('while the page of an SLO fires', () => {
  const page: Raised = { alertname: 'Checkout', severity: 'page', slo: 'shop-l1-checkout' };
  const ticket: Raised = { ...page, severity: 'ticket' };

  it('its ticket waits, and the tickets of others, with an SLO or without, are delivered', async () => {
    // The page first, and until it is known: what Alertmanager hears at once it need not weigh in that order.
    await raise([page]);
    await untilTold('page Checkout firing');
    await raise([
      ticket,
      { alertname: 'Browse', severity: 'ticket', slo: 'shop-l1-browse' },
      { alertname: 'DiskFull', severity: 'ticket' },
    ]);
    await untilTold('ticket Browse firing', 'ticket DiskFull firing');
    // What is raised later has come: the ticket is held back, and not just slow.
    await raise([{ alertname: 'Later', severity: 'ticket', slo: 'shop-l1-later' }]);
    await untilTold('ticket Later firing');
    expect(await told()).not.toContain('ticket Checkout firing');
  });

  it('its ticket is delivered as soon as the page has ended', async () => {
    await raise([page], true);
    await untilTold('page Checkout resolved', 'ticket Checkout firing');
  });
});

describe('a silence', () => {
  const words = { owner: 'ana', for: '10m', reason: 'a deploy', match: [] };
  const silences = () => new Silences(delivery.alertmanagerUrl);

  it('holds back what it names and nothing else, until its owner ends it', async () => {
    const id = await silences().create(
      silenceDraft(1, { ...words, alert: 'ComponentDown', match: ['instance=api-1'] }, new Date()),
    );
    const [made, ...others] = await silences().list();
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      id,
      status: { state: 'active' },
      createdBy: 'ana',
      comment: 'a deploy',
      matchers: [
        { name: 'alertname', value: 'ComponentDown', isRegex: false, isEqual: true },
        { name: 'instance', value: 'api-1', isRegex: false, isEqual: true },
      ],
    });
    await raise([{ alertname: 'ComponentDown', severity: 'ticket', instance: 'api-1' }]);
    await raise([{ alertname: 'ComponentDown', severity: 'ticket', instance: 'loki-1' }]);
    await untilTold('ticket ComponentDown loki-1 firing');
    expect(await told()).not.toContain('ticket ComponentDown api-1 firing');

    await silences().expire(id);
    await untilTold('ticket ComponentDown api-1 firing');
    expect(await silences().list()).toMatchObject([{ id, status: { state: 'expired' } }]);
  });

  it('of a page does not bring the ticket of its SLO: the page holds it back, silenced or not', async () => {
    const page: Raised = { alertname: 'BrowseLatency', severity: 'page', slo: 'shop-l1-browse-latency' };
    const ticket: Raised = { ...page, severity: 'ticket' };
    await silences().create(
      silenceDraft(1, { ...words, alert: 'BrowseLatency', severity: 'page' }, new Date()),
    );
    await raise([page]);
    await untilKnown('BrowseLatency');
    await raise([ticket]);
    await raise([{ alertname: 'AfterIt', severity: 'ticket', slo: 'shop-l1-after-it' }]);
    await untilTold('ticket AfterIt firing');
    expect((await told()).filter((line) => line.includes('BrowseLatency'))).toEqual([]);
    await raise([page], true);
    await untilTold('ticket BrowseLatency firing');
    expect(await told()).not.toContain('page BrowseLatency firing');
  });
});

it('an Alertmanager that is gone is said to be', async () => {
  delivery.processes.alertmanager.kill('SIGKILL');
  await expect(new Silences(delivery.alertmanagerUrl).list()).rejects.toMatchObject({
    code: 'control-failed',
    message: 'Alertmanager does not answer',
  });
});

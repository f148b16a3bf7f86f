import { alertWindows, burningSpans, eventRate, predictedReset, sloCatalogue } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Notification } from '../receiver/notification.ts';
import { ClientStandIn } from './client-stand-in.ts';
import { type PipelineRig, startRig } from './rig.ts';

const level = levelByNumber(1);
const slo = sloCatalogue(1).find((candidate) => candidate.name === 'checkout-availability')!;
const windows = alertWindows('drill');

let client: ClientStandIn;
let rig: PipelineRig;
let blind: Promise<Notification>;

const cleanups: (() => unknown)[] = [];

async function startStory(): Promise<{ readonly client: ClientStandIn; readonly rig: PipelineRig }> {
  const users = new ClientStandIn(level.labRps);
  cleanups.push(() => users.close());
  const started = await startRig({
    level,
    clientPort: await users.listen(),
    receiverEnv: { RECEIVER_WATCHDOG_SECONDS: '5' },
  });
  cleanups.push(() => started.stop());
  return { client: users, rig: started };
}

beforeAll(async () => {
  // The one without Prometheus is all waiting: it is over within the quiet minute of the other.
  const without = await startStory();
  ({ client, rig } = await startStory());
  blind = pageOnceBlind(without.rig);
  blind.catch(() => {});
});

afterAll(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
});

const find = async (
  alert: string,
  severity: string,
  status: string,
  where = rig,
): Promise<Notification | undefined> =>
  (await where.notifications()).find(
    (n) => n.alert === alert && n.severity === severity && n.status === status,
  );

/** A ticket that Alertmanager gets from somebody else. */
const unrelated: Readonly<Record<string, string>> = {
  alertname: 'ProbeFailing',
  severity: 'ticket',
  service: level.service,
  instance: 'api-1',
};

async function raise(alerts: readonly Readonly<Record<string, string>>[]): Promise<void> {
  const answer = await fetch(`${rig.alertmanagerUrl}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts.map((labels) => ({ labels }))),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

const until = async <T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> => {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

async function pageOnceBlind(where: PipelineRig): Promise<Notification> {
  await until('the first heartbeat', 60, async () =>
    (await where.watchdog()).lastHeartbeatAt === null ? undefined : true,
  );
  where.processes.prometheus.kill('SIGKILL');
  return until('WatchdogMissing', 60, () => find('WatchdogMissing', 'page', 'firing', where));
}

it('pages by itself when Prometheus is gone', async () => {
  expect((await blind).source).toBe('receiver');
});

/** In one story, as each chapter needs what the one before left behind. */
describe('the way of an alert', () => {
  it('has a whole period of history from the first minute, and no alert in a quiet one', async () => {
    await until('every SLO to have its budget', 60, async () => {
      const left = await rig.query('slo:period_error_budget_remaining:ratio');
      return left.length === 4 && left.every((sample) => sample.value === 1) ? left : undefined;
    });
    const events = await rig.query('sum(increase(client_requests_total{outcome="good"}[12h]))');
    expect(events[0]!.value).toBeGreaterThan(0.95 * level.labRps * 43_200);
    // Between the history's end and the first scrape nothing was counted: while the page's windows hold that seam, θ is
    // crossed too early.
    await until('60 s of scrapes', 150, async () => (client.scrapes >= 130 ? true : undefined));
    expect(await rig.notifications()).toEqual([]);
    expect((await rig.watchdog()).silentMs).toBeLessThan(4000);
  });

  it('brings the page of an outage within 3 s of the best that the events allow', async () => {
    const injectedMs = Date.now();
    client.errorRatio = 1;
    const page = await until('the page', 60, () => find(slo.alert, 'page', 'firing'));
    await raise([unrelated, { ...unrelated, alertname: 'SearchAvailability', sloth_id: 'shop-l1-search' }]);
    await until('30 s of outage', 60, async () => (Date.now() - injectedMs >= 30_000 ? true : undefined));
    client.errorRatio = 0;
    const best = burningSpans(client.checkouts, {
      windows,
      severity: 'page',
      errorBudget: slo.errorBudget,
      historyPerSecond: eventRate(slo, level, 'labRps'),
      fromMs: injectedMs,
    })[0]!;
    expect((best.fromMs - injectedMs) / 1000).toBeGreaterThan(8);
    expect((best.fromMs - injectedMs) / 1000).toBeLessThan(9.5);
    const excessMs = Date.parse(page.receivedAt) - best.fromMs;
    expect(excessMs).toBeGreaterThan(-600);
    expect(excessMs).toBeLessThan(3000);
    expect(page).toMatchObject({
      slo: slo.id,
      labels: { service: level.service, level: '1', severity: 'page' },
      annotations: { runbook_url: 'runbooks/CheckoutAvailability.md' },
    });
  });

  it('delivers tickets of others while the page fires: one of no SLO, and one of another SLO', async () => {
    for (const alert of ['ProbeFailing', 'SearchAvailability'])
      await until(alert, 30, () => find(alert, 'ticket', 'firing'));
    expect(await find(slo.alert, 'page', 'resolved')).toBeUndefined();
    // Its own ticket fires by then, and is held back.
    const [own] = await rig.query(
      `count(ALERTS{alertname="BrowseAvailability",severity="ticket",alertstate="firing"})`,
    );
    expect(own?.value).toBe(1);
    expect(await find('BrowseAvailability', 'ticket', 'firing')).toBeUndefined();
  });

  it('keeps the ticket back while the page fires, then delivers it', async () => {
    const healedMs = Date.now();
    const resolved = await until('the end of the page', 90, () =>
      find('BrowseAvailability', 'page', 'resolved'),
    );
    const ticket = await until('the ticket', 30, () => find('BrowseAvailability', 'ticket', 'firing'));
    expect(Date.parse(ticket.receivedAt)).toBeGreaterThan(Date.parse(resolved.receivedAt) - 1500);
    const predicted = predictedReset(windows, 'page', 0.005, {
      errorRatio: 1,
      durationSeconds: 30,
      keepFiringSeconds: 10,
    })!;
    const measured = (Date.parse(resolved.receivedAt) - healedMs) / 1000;
    expect(measured).toBeGreaterThan(predicted - 2);
    expect(measured).toBeLessThan(predicted + 6);
  });

  it('counts the budget by events: what is left is what the client counted', async () => {
    const bad = client.checkouts.filter((event) => event.outcome === 'bad').length;
    const share = await until('the next look at the period', 60, async () => {
      const [sample] = await rig.query(`1 - slo:period_error_budget_remaining:ratio{sloth_id="${slo.id}"}`);
      const counted = (sample?.value ?? 0) * 864;
      return Math.abs(counted - bad) <= Math.max(2, bad * 0.02) ? counted : undefined;
    });
    expect(share).toBeGreaterThan(0);
  });
});

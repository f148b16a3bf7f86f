import { readStatus, type SloStatus, sloCatalogue } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientStandIn } from './client-stand-in.ts';
import { freePorts } from './delivery.ts';
import { type PipelineRig, startRig } from './rig.ts';

const level = levelByNumber(1);
const slo = sloCatalogue(1).find(({ name }) => name === 'checkout-availability')!;

let client: ClientStandIn;
let port: number;
let rig: PipelineRig;

const badCheckouts = (): number => client.checkouts.filter(({ outcome }) => outcome === 'bad').length;

/** What clients that are gone had told Prometheus. */
const before = { events: 0, badEvents: 0 };

beforeAll(async () => {
  client = new ClientStandIn(level.labRps);
  // Below those that an outgoing connection may take while it is closed.
  [port = 0] = await freePorts(1);
  await client.listen(port);
  // What a look says of the period counts here, and not how seldom it comes.
  rig = await startRig({ level, clientPort: port, periodEvery: '2s' });
});

afterAll(async () => {
  client.close();
  await rig.stop();
});

const until = async (
  what: string,
  seconds: number,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> => {
  const deadline = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Lets users come at a rate, with this share of failures, until so many more have checked out. */
async function users(rps: number, errorRatio: number, checkouts: number): Promise<void> {
  const first = client.checkouts.length;
  Object.assign(client, { rps, errorRatio });
  await until(`${checkouts} checkouts`, 120, () => client.checkouts.length >= first + checkouts);
}

/** Nobody comes any more, and Prometheus has seen all who came; it saw nothing by a scrape that a stall cut short. */
async function nobody(): Promise<void> {
  client.rps = 0;
  const since = Date.now() / 1000;
  const scraped = 'max(timestamp(client_requests_total))';
  await until('a scrape', 120, async () => ((await rig.query(scraped))[0]?.value ?? 0) > since);
}

async function status(): Promise<SloStatus> {
  const { slos } = await readStatus({ level: 1, clock: 'drill', prometheusUrl: rig.prometheusUrl });
  expect(JSON.stringify(slos, (_, value) => (Number.isNaN(value) ? 'NaN' : value))).not.toContain('NaN');
  return slos.find(({ name }) => name === slo.name)!;
}

/** The checkouts' status, which must be as exact as the client's own count of what Prometheus was told. */
async function exactStatus(): Promise<SloStatus> {
  const found = await status();
  const { events, syntheticEvents, badEvents } = found.budget;
  expect({ events: events - syntheticEvents, badEvents }).toEqual({
    events: before.events + client.checkouts.length,
    badEvents: before.badEvents + badCheckouts(),
  });
  return found;
}

/** Waits until the rules have looked at the period again: what they record then. */
async function recorded(): Promise<{ readonly ratio: number; readonly left: number }> {
  const since = Date.now() / 1000;
  const own = (metric: string): string => `${metric}{sloth_id="${slo.id}"}`;
  const [ratio, left] = [own('slo:sli_error:ratio_rate12h'), own('slo:period_error_budget_remaining:ratio')];
  const looked = async (metric: string): Promise<boolean> =>
    ((await rig.query(`timestamp(${metric})`))[0]?.value ?? 0) > since;
  await until('the next look at the period', 120, async () => (await looked(ratio)) && (await looked(left)));
  const value = async (metric: string): Promise<number> => {
    const found = (await rig.query(metric))[0]?.value;
    expect(found, metric).not.toBeNaN();
    return found ?? Number.NaN;
  };
  return { ratio: await value(ratio), left: await value(left) };
}

/** In one story, as each chapter spends more of the same budget. */
describe('the budget is what users got, to the event', () => {
  it('while traffic is even', async () => {
    await users(level.labRps, 0, 10);
    await nobody();
    expect((await exactStatus()).budget).toMatchObject({ badEvents: 0, remainingRatio: 1 });
  });

  it('while nobody asks: no ratio, and a whole budget', async () => {
    await until('an empty short window', 120, async () => (await exactStatus()).sli === null);
    expect(await recorded()).toEqual({ ratio: 0, left: 1 });
  });

  it('when every request fails at a fifth of the traffic: each weighs what it is', async () => {
    await users(level.labRps / 5, 1, 4);
    await nobody();
    const { events, badEvents, remainingRatio } = (await exactStatus()).budget;
    expect(badEvents).toBeGreaterThanOrEqual(4);
    const { ratio, left } = await recorded();
    // A mean over time would have five times as many.
    expect(Math.abs(ratio * events - badEvents)).toBeLessThan(1);
    expect(left).toBeCloseTo(remainingRatio, 3);
  });

  it('when the api is dead, and the page fires', async () => {
    await users(level.labRps, 1, 24);
    await until('the page', 120, async () => (await status()).firing.includes('page'));
    await nobody();
    await exactStatus();
  });

  it('when nobody can be scraped any more, and when a new client counts from nothing', async () => {
    client.close();
    await until('the target to be down', 120, async () => {
      const [up] = await rig.query('up{job="client"}');
      return up?.value === 0;
    });
    await exactStatus();
    before.events += client.checkouts.length;
    before.badEvents += badCheckouts();
    client = new ClientStandIn(level.labRps);
    await client.listen(port);
    await users(level.labRps, 0.5, 10);
    await nobody();
    const { events, badEvents, remainingRatio } = (await exactStatus()).budget;
    const { ratio, left } = await recorded();
    expect(Math.abs(ratio * events - badEvents)).toBeLessThanOrEqual(Math.max(2, badEvents / 100));
    expect(left).toBeCloseTo(remainingRatio, 2);
  });
});

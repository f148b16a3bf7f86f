import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sloCatalogue } from '@firedrill/slo';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { budgetCosts } from '../checks/budget.ts';
import { verdictOfRun } from '../checks/check-run.ts';
import { expectedDetections } from '../checks/detection.ts';
import { integrityOf } from '../checks/integrity.ts';
import { loadRun } from '../checks/load-run.ts';
import type { JournalEvent } from '../journal/event.ts';
import { injectedMs } from '../report/testing/fixture-load.ts';
import { type FixtureRun, fixtureRun, writeFixtureRun } from '../report/testing/fixture-run.ts';
import { figuresOf } from './figures.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-figures-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const yardstick = sloCatalogue(1).find(({ name }) => name === 'checkout-availability')!;

async function figures(made: FixtureRun) {
  const dir = mkdtempSync(join(folder, 'run-'));
  await writeFixtureRun(dir, made);
  const run = await loadRun(dir);
  return { run, found: figuresOf(run, verdictOfRun(run, integrityOf(run)), yardstick) };
}

it('a database that is away until the heal: all figures are of the ledger and the journal', async () => {
  const { run, found } = await figures(fixtureRun());
  const bad = run.operations.filter(
    ({ invoke, result }) => invoke.retryOf === undefined && result?.sli === 'bad',
  );
  const checkouts = bad.filter(({ invoke }) => invoke.operation === 'checkout').length;
  expect(found).toMatchObject({
    failedRequests: bad.length,
    // At the two checkouts a second that ten requests have.
    fullOutageSeconds: checkouts / 2,
    percentOf30d: Number(((100 * checkouts) / (2 * 30 * 86_400 * 0.01)).toFixed(4)),
    page: 'BrowseAvailability',
    // The heal began 30 ms before the edge was read back.
    recovery: { ms: 29_970, healedByUs: true },
    lost: 0,
    levers: [],
  });
  expect(found!.requests).toBeGreaterThan(found!.failedRequests);
  expect(found!.pagedMs).toBe(6_020);
  // Level 1's own objective is the yardstick.
  expect(found!.yardstickPageMs).toBe(expectedDetections(run)[0]!.predictedMs);
});

it('the same errors at a level that declares more are the same share of the budget', async () => {
  const atLevel = (event: JournalEvent): JournalEvent =>
    event.type === 'planned' ? { ...event, plan: { ...event.plan, level: 4, seedRps: 10_000 } } : event;
  const made = fixtureRun();
  const { found, run } = await figures({ ...made, journal: made.journal.map(atLevel) });
  const { found: plain } = await figures(fixtureRun());
  // The run's own report, too, counts by what was sent and not by what its level is usually sent.
  const own = budgetCosts(run).find(({ slo }) => slo.name === yardstick.name)!.cost;
  expect(own.fullOutageSeconds).toBeCloseTo(own.badEvents / 2);
  expect([found!.percentOf30d, found!.fullOutageSeconds]).toEqual([
    plain!.percentOf30d,
    plain!.fullOutageSeconds,
  ]);
});

it('whoever is served while the heal is still read back was healed by us', async () => {
  const made = fixtureRun();
  const later = made.journal.findIndex(({ type }) => type === 'healed');
  const event = made.journal[later]!;
  // The edge carries again at 30 s; that all of them do is known 4 s later.
  made.journal[later] = { ...event, at: new Date(Date.parse(event.at) + 4_000).toISOString() };
  const { run, found } = await figures(made);
  const heal = run.times.healedMs!;
  expect(run.operations.some(({ result }) => result?.type === 'ok' && result.at < heal - 3_000)).toBe(true);
  expect(found!.recovery).toEqual({ ms: 29_970, healedByUs: true });
});

it('has the levers that were pulled before the heal', async () => {
  const at = (ms: number): string => new Date(injectedMs + ms).toISOString();
  const lever = {
    type: 'operator',
    lever: 'promote',
    node: 'pg-2',
    text: 'done',
    tookMs: 900,
    seq: 0,
  } as const;
  const made = fixtureRun();
  const healed = made.journal.findIndex(({ type }) => type === 'healed');
  made.journal.splice(
    healed,
    0,
    { ...lever, at: at(15_000), state: 'begun' },
    { ...lever, at: at(16_000), state: 'done' },
  );
  expect((await figures(made)).found?.levers).toEqual([{ words: 'promote pg-2', doneMs: 16_000 }]);
});

it('of a run that was aborted nothing is compared', async () => {
  const made = fixtureRun();
  const end = made.journal.findIndex(({ type }) => type === 'healed');
  made.journal.splice(end, 0, {
    seq: 0,
    at: new Date(injectedMs + 9_000).toISOString(),
    type: 'abort',
    reason: 'Ctrl-C',
  });
  expect((await figures(made)).found).toBeUndefined();
});

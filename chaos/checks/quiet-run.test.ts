import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { levelByNumber } from '@firedrill/topology';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { quietPlan } from '../engine/quiet-plan.ts';
import type { JournalEvent } from '../journal/event.ts';
import { injectedMs } from '../report/testing/fixture-load.ts';
import { type FixtureRun, quietFixtureRun, writeFixtureRun } from '../report/testing/fixture-run.ts';
import type { Verdict } from '../report/verdict.ts';
import { writeReport } from '../report/write-report.ts';

const plan = quietPlan({
  topology: levelByNumber(1),
  forMs: 150_000,
  traffic: 'collapsed',
  seed: 7,
  clock: 'drill',
});

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-quiet-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function judge(run: FixtureRun): Promise<Verdict> {
  await writeFixtureRun(dir, run);
  return writeReport(dir);
}

/** The same run, in which something was told as well. */
function told(severity: 'page' | 'ticket', alert: string, run = quietFixtureRun(plan)): FixtureRun {
  const events = (['firing', 'resolved'] as const).map((status, index): JournalEvent => {
    const [startsAt, receivedAt] = [0, 900].map((ms) =>
      new Date(injectedMs + 20_000 * index + ms).toISOString(),
    );
    const notification = { alert, severity, status, startsAt: startsAt!, receivedAt: receivedAt! };
    return { seq: 0, at: receivedAt!, type: 'notification', notification };
  });
  const journal = [...run.journal, ...events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { ...run, journal };
}

const checkOf = (verdict: Verdict, name: string) => verdict.checks.find((check) => check.name === name);

it('passes when nothing was told, and is asked nothing about a fault', async () => {
  const verdict = await judge(quietFixtureRun(plan));
  expect(verdict.checks.filter((check) => check.verdict !== 'pass')).toEqual([]);
  expect(verdict.verdict).toBe('pass');
  const names = verdict.checks.map(({ name }) => name);
  for (const name of ['hypothesis', 'witness', 'healed', 'flapping']) expect(names).not.toContain(name);
  expect(checkOf(verdict, 'alert-contract')?.summary).toBe('No alert was expected and none came.');
});

it.each([
  ['page', 'CheckoutAvailability'],
  ['ticket', 'ProbeFailing'],
  ['page', 'WatchdogMissing'],
] as const)('fails by any %s, and names it: %s', async (severity, alert) => {
  const verdict = await judge(told(severity, alert));
  expect(verdict.verdict).toBe('fail');
  expect(checkOf(verdict, 'alert-contract')?.summary).toContain(`${severity} ${alert} came`);
});

it('is not excused by a shop that fails its users by itself', async () => {
  const run = told('page', 'CheckoutAvailability');
  const ledger = run.ledger.map((entry) => (entry.type === 'ok' ? { ...entry, sli: 'bad' as const } : entry));
  const verdict = await judge({ ...run, ledger });
  expect(checkOf(verdict, 'control')?.verdict).toBe('inconclusive');
  expect(checkOf(verdict, 'alert-contract')?.verdict).toBe('fail');
});

it('says nothing when the load was late: then the client itself may be what was slow', async () => {
  const run = told('page', 'CheckoutLatency');
  const journal = run.journal.map((event) =>
    event.type === 'load-stopped' ? { ...event, late: 40 } : event,
  );
  expect((await judge({ ...run, journal })).verdict).toBe('inconclusive');
});

it('is never a pass while nobody watched', async () => {
  const run = quietFixtureRun(plan);
  const journal = run.journal.filter(
    (event) => event.type !== 'watchdog' || Date.parse(event.at) > injectedMs,
  );
  expect((await judge({ ...run, journal })).verdict).toBe('inconclusive');
});

it('has a report that speaks of no fault and says how to do it again', async () => {
  await judge(told('ticket', 'ProbeFailing'));
  const report = await readFile(join(dir, 'report.md'), 'utf8');
  expect(report).toContain('# quiet (collapsed): **fail**');
  expect(report).toMatch(/\| ProbeFailing \(ticket\) \| \*\*unexpected\*\* \|.*\| 1 min 01 s \|/);
  expect(report).toContain('the traffic changes to 1 requests/s');
  expect(report).toContain('chaos quiet --for 2m30s --traffic collapsed --level 1 --seed 7 --clock drill');
  expect(report).not.toMatch(/but no fault was injected|From the injection|NaN|undefined/);
});

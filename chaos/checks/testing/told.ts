import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertNotification, JournalEvent, Plan } from '../../journal/event.ts';
import { injectedMs } from '../../report/testing/fixture-load.ts';
import { type FixtureRun, fixtureRun, writeFixtureRun } from '../../report/testing/fixture-run.ts';
import { loadRun } from '../load-run.ts';
import type { Run } from '../run.ts';

/** The made-up run, from a folder as a real one would leave it. */
export async function loadFixture(run: FixtureRun): Promise<Run> {
  const dir = await mkdtemp(join(tmpdir(), 'firedrill-alerting-'));
  try {
    await writeFixtureRun(dir, run);
    return await loadRun(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Of the injection. */
export const after = (seconds: number): string => new Date(injectedMs + 1000 * seconds).toISOString();

export function told(
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
export function withNotifications(
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

export const page = (alert: string, firing: number, resolved: number): JournalEvent[] => [
  told('firing', 'page', alert, firing),
  told('resolved', 'page', alert, resolved),
];
/** What the made-up users' own requests predict: the slow leg holds the page. */
export const endSecond = 70;
export const usual = page('CheckoutAvailability', 9.3, endSecond);

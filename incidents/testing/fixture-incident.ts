import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notification } from '@firedrill/alerts';
import { fixtureRun, writeFixtureRun } from '@firedrill/chaos/model-run';
import type { Act } from '../pager/act.ts';
import type { Incident } from '../pager/incident.ts';
import { incidentsOf } from '../pager/incidents-of.ts';
import { numbered, told } from './told.ts';

/** The start of the lab of chaos' made-up run. */
export const fixtureLab = '0a1b2c3d-l1-20261123T015950000Z';
/** The made-up run in a folder of runs. */
export const fixtureRunId = '20261123-020000-partition-primary-l1-s7';

/** So many seconds after the made-up fault was injected. */
export const after = (second: number): string =>
  new Date(Date.parse('2026-11-23T02:01:09.000Z') + second * 1000).toISOString();

const alert = (name: string, fired: number, ended: number) =>
  (['firing', 'resolved'] as const).map((status) =>
    told(status, 'page', name, 0, {
      receivedAt: after(status === 'firing' ? fired : ended),
      startsAt: after(5.5),
      ...(status === 'resolved' ? { endsAt: after(ended - 0.7) } : {}),
    }),
  );

/** What the made-up run's receiver was told. */
export function fixtureNotifications(): readonly Notification[] {
  const all = [...alert('BrowseAvailability', 6.02, 64), ...alert('CheckoutAvailability', 9.31, 65)];
  return numbered(all.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1)));
}

/** Taken by Ana after twelve seconds, noted, and over. */
export function fixtureIncident(change: (acts: Act[]) => readonly Act[] = (acts) => acts): Incident {
  const act = { lab: fixtureLab, incident: '20261123-020115-l1', by: 'ana', after: 2 };
  const acts: Act[] = [
    { ...act, revision: 1, at: after(18), kind: 'acknowledge' },
    { ...act, revision: 2, at: after(25), kind: 'note', text: 'the database does not answer' },
    { ...act, revision: 3, at: after(90), after: 4, kind: 'resolve', text: 'it is back', firing: [] },
  ];
  const notifications = fixtureNotifications();
  return incidentsOf({ lab: fixtureLab, notifications, acts: change(acts) }).incidents[0]!;
}

/** Lays the made-up run down in a folder of runs. @param reached which of its notifications came */
export async function writeIncidentRun(
  runs: string,
  reached: (notification: { readonly alert: string }) => boolean = () => true,
): Promise<void> {
  await mkdir(runs, { recursive: true });
  const run = fixtureRun();
  const journal = run.journal.filter((event) => event.type !== 'notification' || reached(event.notification));
  await writeFixtureRun(join(runs, fixtureRunId), { ...run, journal });
}

/** The receiver's journal of its lab, where the pager finds it. */
export async function writeFixtureJournal(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = fixtureNotifications().map((one) => `${JSON.stringify(one)}\n`);
  await writeFile(join(folder, `${fixtureLab}.jsonl`), lines.join(''));
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reportData } from '../report-data.ts';
import { fixtureRun, writeFixtureRun } from '../testing/fixture-run.ts';
import { alerts } from './alerts.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-alerts-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function sectionWith(silences: readonly unknown[]): Promise<string> {
  const run = fixtureRun();
  const evidence = run.evidence.map((piece) =>
    piece.piece === 'alertmanager-silences' ? { ...piece, answer: silences } : piece,
  );
  await writeFixtureRun(dir, { ...run, evidence });
  return alerts(await reportData(dir));
}

it('shows what a person held back, by whom and why, and nothing where nobody did', async () => {
  expect(await sectionWith([])).not.toContain('Silenced');
  const text = await sectionWith([
    {
      id: 'a-silence',
      status: { state: 'expired' },
      matchers: [{ name: 'alertname', value: 'BrowseLatency', isRegex: false, isEqual: true }],
      startsAt: '2026-11-23T02:00:30.5Z',
      endsAt: '2026-11-23T02:01:00Z',
      updatedAt: '2026-11-23T02:00:30.5Z',
      createdBy: 'ana|bob',
      comment: 'a deploy',
    },
  ]);
  expect(text).toContain(
    '| `{alertname="BrowseLatency"}` | ana\\|bob | a deploy | 02:00:30.500 | 02:01:00.000 | – |',
  );
});

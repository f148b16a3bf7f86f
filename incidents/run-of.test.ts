import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOf } from './run-of.ts';
import { fixtureIncident, fixtureRunId, writeIncidentRun } from './testing/fixture-incident.ts';

const incident = fixtureIncident();
let runs: string;
beforeEach(async () => {
  runs = mkdtempSync(join(tmpdir(), 'firedrill-run-of-'));
  await writeIncidentRun(runs);
});
afterEach(() => rmSync(runs, { recursive: true }));

const journal = (id = fixtureRunId): string => join(runs, id, 'journal.jsonl');
const found = () => runOf(incident, runs, undefined);
/** A line in its middle is torn. */
function breakAt(path: string, lines: number): void {
  const all = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [...all.slice(0, lines), '{"seq":', ...all.slice(lines)].join('\n'));
}

describe('the run that was under way when an incident opened', () => {
  it('is found by its journal, and is not told while it is under way', async () => {
    expect(await found()).toBe(fixtureRunId);
    expect(await runOf(incident, runs, fixtureRunId)).toBeNull();
    expect(await runOf({ ...incident, lab: 'ffffffff-l1-20261123T015950000Z' }, runs, undefined)).toBeNull();
  });

  it.each([0, 5])('is not said to be none where its journal is torn after line %i', async (lines) => {
    breakAt(journal(), lines);
    await expect(found()).rejects.toMatchObject({ code: 'invalid-data', where: `${journal()}:${lines + 1}` });
  });

  it('is not said to be none where its journal cannot be opened', async () => {
    rmSync(journal());
    mkdirSync(journal());
    await expect(found()).rejects.toMatchObject({ code: 'invalid-data', where: journal() });
  });

  it('is none where it kept no journal', async () => {
    rmSync(journal());
    expect(await found()).toBeNull();
  });
});

describe('a journal that cannot be read stands in nobody’s way', () => {
  const old = '20261123-010000-quiet-l1-s1';

  it('where another run was under way', async () => {
    cpSync(join(runs, fixtureRunId), join(runs, old), { recursive: true });
    breakAt(journal(old), 0);
    expect(await found()).toBe(fixtureRunId);
  });

  it('where a later run had the lab', async () => {
    cpSync(join(runs, fixtureRunId), join(runs, old), { recursive: true });
    breakAt(journal(old), 0);
    // The later one was over when the incident opened.
    const lines = readFileSync(journal(), 'utf8').split('\n');
    const before = lines.filter((line) => line !== '' && JSON.parse(line).at < incident.openedAt);
    writeFileSync(journal(), `${before.join('\n')}\n`);
    expect(await found()).toBeNull();
  });

  it('where it was last written before the incident opened', async () => {
    breakAt(journal(), 0);
    const before = new Date(Date.parse(incident.openedAt) - 1000);
    utimesSync(journal(), before, before);
    expect(await found()).toBeNull();
  });

  it.each([
    ['of another lab', () => breakAt(journal(), 5), { lab: 'ffffffff-l1-20261123T015950000Z' }],
    ['of another level', () => breakAt(journal(), 0), { level: 2 }],
    [
      'that began later',
      () => {
        breakAt(journal(), 0);
        renameSync(join(runs, fixtureRunId), join(runs, '20261123-030000-partition-primary-l1-s7'));
      },
      {},
    ],
  ])('where it is one %s', async (_which, spoil, change) => {
    spoil();
    expect(await runOf({ ...incident, ...change }, runs, undefined)).toBeNull();
  });
});

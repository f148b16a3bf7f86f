import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oncallFolder } from '@firedrill/lab';
import { thisCheckout } from '@firedrill/lab/control';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureRunId, writeFixtureJournal, writeIncidentRun } from '../testing/fixture-incident.ts';
import { numbered, told } from '../testing/told.ts';

const scope = `test-${process.pid}-report`;
const oncall = oncallFolder(thisCheckout, scope);
const env = { ...process.env, FIREDRILL_LAB_SCOPE: scope, USER: 'ana' };
const id = '20261123-020115-l1';
/** Its page never ended. */
const open = '20261123-090130-l2';
let root: string;

function run(...words: readonly string[]) {
  const path = join(import.meta.dirname, '../../bin/incident.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...words], {
    encoding: 'utf8',
    env,
    cwd: root,
  });
  return { status, stdout, stderr };
}
const report = (...words: readonly string[]) =>
  run('report', ...words, '--runs', join(root, 'runs'), '--out', join(root, 'reports'));

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'firedrill-incident-'));
  await writeFixtureJournal(oncall);
  await writeIncidentRun(join(root, 'runs'));
  writeFileSync(
    join(oncall, '0a1b2c3d-l2-20261123T085900000Z.jsonl'),
    `${JSON.stringify(numbered([told('firing', 'page', 'Browse', 90)])[0])}\n`,
  );
});
afterAll(() => {
  rmSync(oncall, { recursive: true });
  rmSync(root, { recursive: true });
});

/** In one story: the labs that paged are gone. */
describe('pnpm incident report', { timeout: 180_000 }, () => {
  it('finds the run that caused it, and says how long it took', () => {
    const { status, stdout, stderr } = report(id.slice(0, -3));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      new RegExp(`^reports/${id}/report\\.html {2}from the run ${fixtureRunId}, in \\d+\\.\\d s\\n$`),
    );
  });

  it('prints what it did as JSON, and what people wrote is kept', () => {
    const path = join(root, 'reports', id, 'report.md');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/(?<=<!-- yours: lucky \(\w+\) -->)/, '\n\nIt was noon.\n'),
    );
    const { status, stdout } = report(id, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ incident: id, run: fixtureRunId, kept: ['lucky'] });
    expect(readFileSync(path, 'utf8')).toContain('It was noon.');
  });

  it.each([
    [
      'an unknown incident',
      ['20991231'],
      64,
      /no incident with this id \(20991231\).*\[incident-not-found\]/,
    ],
    ['no incident', [], 64, /missing required argument.*\[usage\]/],
    ['an unknown flag', [id, '--jason'], 64, /unknown option '--jason'.*\[usage\]/],
  ])('refuses %s in one line', (_what, words, exit, said) => {
    const { status, stdout, stderr } = report(...words);
    expect({ status, stdout }).toEqual({ status: exit, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('makes a draft of what is not over', () => {
    const { status, stdout } = report(open, '--draft');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('no run caused it') });
  });

  it('refuses a run whose journal cannot be read, in one line', () => {
    const [path, journal] = [
      join(root, 'reports', id, 'report.md'),
      join(root, 'runs', fixtureRunId, 'journal.jsonl'),
    ];
    const [before, whole] = [readFileSync(path, 'utf8'), readFileSync(journal, 'utf8')];
    writeFileSync(journal, `{"seq":\n${whole}`);
    const { status, stdout, stderr } = report(id);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toMatch(
      /^firedrill: a line of the journal is not JSON .*journal\.jsonl:1\).*\[invalid-data\]\n$/,
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
    writeFileSync(journal, whole);
  });

  it('refuses when the run is gone, and leaves the report as it is', () => {
    const path = join(root, 'reports', id, 'report.md');
    const before = readFileSync(path, 'utf8');
    rmSync(join(root, 'runs'), { recursive: true });
    const { status, stderr } = report(id);
    expect(status).toBe(64);
    expect(stderr).toMatch(
      /^firedrill: its report was made from the run .*, which is gone .*\[run-not-found\]\n$/,
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('refuses a folder that cannot be written', () => {
    writeFileSync(join(root, 'a-file'), '');
    const { status, stderr } = run('report', id, '--out', join(root, 'a-file'));
    expect(status).toBe(64);
    expect(stderr).toMatch(/^firedrill: the report cannot be written \(ENOTDIR\) .*\[not-writable\]\n$/);
  });
});

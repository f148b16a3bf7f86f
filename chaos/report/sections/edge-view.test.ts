import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { edgeSeen } from '../edge/edge-seen.ts';
import { type ReportData, reportData } from '../report-data.ts';
import { fixtureRunBehindEdge } from '../testing/fixture-edge.ts';
import { type FixtureRun, fixtureRun, writeFixtureRun } from '../testing/fixture-run.ts';
import { edgeView } from './edge-view.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-edge-view-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function dataOf(run: FixtureRun): Promise<ReportData> {
  await writeFixtureRun(dir, run);
  return reportData(dir);
}

const endings = (run: FixtureRun, code: string): number =>
  run.ledger.filter((entry) => entry.type === 'unknown' && entry.code === code).length;

describe('what the load balancer saw', () => {
  it('is counted over a restart of its, without the probes', async () => {
    const run = fixtureRunBehindEdge();
    const seen = edgeSeen((await dataOf(run)).run)!;
    const refused = endings(run, 'ECONNREFUSED');
    const timedOut = endings(run, 'timeout');
    expect([refused > 5, timedOut > 5]).toEqual([true, true]);
    expect(seen.probes).toBe(50);
    expect(seen.edge).toEqual({ ...seen.users, none: timedOut });
    expect(seen.users.none).toBe(timedOut + refused);
    expect(seen.unanswered).toEqual([
      ['timeout', timedOut],
      ['ECONNREFUSED', refused],
    ]);
    const byApis = [...seen.servers.values()].reduce((sum, answers) => sum + answers.answered, 0);
    expect(byApis).toBe(seen.edge.answered + 50);
    expect(seen.own).toEqual({ ...seen.edge, answered: 0 });
  });

  it('stands beside what users felt, with what it did not see', async () => {
    const run = fixtureRunBehindEdge();
    const refused = endings(run, 'ECONNREFUSED');
    const text = edgeView(await dataOf(run));
    expect(text).toMatch(/^## What the load balancer saw\n/);
    expect(text).toContain(`- ${refused} failures of users that it did not count as one.`);
    expect(text).toContain(`\`ECONNREFUSED\` ${refused}`);
    expect(text).toContain(
      `| no answer | ${refused + endings(run, 'timeout')} | ${endings(run, 'timeout')} | ${refused} |`,
    );
    expect(text).toMatch(/\| with the fault \| 9\d\.\d % \| 9\d\.\d % \|/);
    expect(text).toMatch(/\| before \| 0 % \| 0 % \|/);
    expect(text).toContain('50 readiness probes are left out');
  });

  it('is not guessed when it could not be asked', async () => {
    const run = fixtureRunBehindEdge();
    const evidence = run.evidence.map((piece) =>
      piece.piece === 'prometheus-edge-responses'
        ? { ...piece, answer: null, problem: 'fetch failed' }
        : piece,
    );
    const text = edgeView(await dataOf({ ...run, evidence }));
    expect(text).toBe('## What the load balancer saw\n\nIts counters could not be read (fetch failed).');
  });

  it('says so when the probes among its figures are not known', async () => {
    const run = fixtureRunBehindEdge();
    const evidence = run.evidence.filter(({ piece }) => piece !== 'prometheus-edge-probes');
    const data = await dataOf({ ...run, evidence });
    expect(edgeSeen(data.run)!.edge.answered).toBe(edgeSeen(data.run)!.users.answered + 50);
    expect(edgeView(data)).toContain('how many could not be read');
  });

  it('has no section at a level without one', async () => {
    expect(edgeView(await dataOf(fixtureRun()))).toBe('');
  });
});

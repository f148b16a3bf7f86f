import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtureRun, writeFixtureRun } from '../testing/fixture-run.ts';
import { writeReport } from '../write-report.ts';
import type { RecomputedPart } from './part.ts';
import { recompute } from './recompute.ts';
import { agreementOf, recomputeText } from './recompute-text.ts';

let root: string;
let run: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'firedrill-recompute-'));
  await writeFixtureRun(join(root, 'whole'), fixtureRun());
  await writeReport(join(root, 'whole'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

beforeEach(async () => {
  run = join(root, 'spoilt');
  await rm(run, { recursive: true, force: true });
  await cp(join(root, 'whole'), run, { recursive: true });
});

const ofVerdict = (parts: readonly RecomputedPart[]): readonly string[] =>
  parts.find(({ what }) => what === 'verdict.json')?.differences ?? [];

async function change(file: string, from: RegExp | string, to: string): Promise<void> {
  const text = await readFile(join(run, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  await writeFile(join(run, file), changed);
}

describe('what is kept of a run, worked out again', () => {
  it('agrees where nothing was touched, and says what it could not look at', async () => {
    const parts = await recompute(run);
    expect(parts.flatMap(({ differences }) => differences)).toEqual([]);
    expect(parts.map(({ what }) => what)).toContain('plots/burn-rate.svg');
    expect(agreementOf(parts)).toBe('incomplete');
    expect(recomputeText('x', parts)).toMatch(
      /^incomplete {2}x\n {2}agrees {6}report\.md .* lines, from journal[\s\S]*not all of it: the run has no such folder$/,
    );
  });

  it('writes nothing', async () => {
    const names = await readdir(run);
    await rm(join(run, 'junit.xml'));
    const parts = await recompute(run);
    expect(parts.find(({ what }) => what === 'junit.xml')?.problem).toBe('it is gone');
    expect(await readdir(run)).toEqual(names.filter((name) => name !== 'junit.xml'));
  });

  it('tells a verdict that was bettered', async () => {
    await change('verdict.json', /"badEvents": \d+/, '"badEvents": 1');
    const parts = await recompute(run);
    expect(agreementOf(parts)).toBe('differs');
    expect(ofVerdict(parts)).toEqual([
      expect.stringMatching(/^budget\[0\]\.badEvents: kept 1, recomputed \d+$/),
    ]);
  });

  it('tells a report of which a line was changed', async () => {
    await change('report.md', '**pass**', '**fail**');
    const [report] = (await recompute(run)).filter(({ what }) => what === 'report.md');
    expect(report?.differences).toEqual([
      expect.stringMatching(/^line 1: kept ".*fail.*", recomputed ".*pass/),
    ]);
  });

  it('tells a failed request that was taken out of the ledger', async () => {
    await change('ledger.jsonl', '"sli":"bad"', '"sli":"excluded"');
    const differences = ofVerdict(await recompute(run));
    expect(differences.join('\n')).toMatch(/badEvents: kept (\d+), recomputed/);
  });

  it('tells an order that was taken out of the books', async () => {
    const path = join(run, 'evidence/audit.json');
    const piece = JSON.parse(await readFile(path, 'utf8'));
    piece.answer.snapshot.orders.splice(0, 1);
    await writeFile(path, JSON.stringify(piece));
    const differences = ofVerdict(await recompute(run));
    expect(differences).toContain('verdict: kept "pass", recomputed "fail"');
    expect(differences).toContain('orders.lost: kept 0, recomputed 1');
  });

  it('tells a counter of Prometheus that was changed', async () => {
    const path = join(run, 'evidence/prometheus-counted.json');
    const piece = JSON.parse(await readFile(path, 'utf8'));
    const { values } = piece.answer.data.result.find(
      ({ metric }: { metric: Record<string, string> }) =>
        metric['operation'] === 'checkout' && metric['outcome'] === 'bad',
    );
    values.at(-1)[1] = '5000';
    await writeFile(path, JSON.stringify(piece));
    expect(ofVerdict(await recompute(run)).join('\n')).toMatch(
      /checks\[\d+\]\.verdict: kept "pass", recomputed "fail"/,
    );
  });

  it('tells a page that came later than the journal says now', async () => {
    await change(
      'journal.jsonl',
      /("alert":"CheckoutAvailability"[^\n]*"receivedAt":"[^"]*:\d\d\.)\d{3}/,
      '$1999',
    );
    expect(ofVerdict(await recompute(run)).join('\n')).toMatch(
      /detection\.measuredMs: kept \d+, recomputed \d+/,
    );
  });

  it('tells evidence that is gone', async () => {
    await rm(join(run, 'evidence/prometheus-up.json'));
    expect(ofVerdict(await recompute(run))).toContain('verdict: kept "pass", recomputed "inconclusive"');
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixtureEvidence } from '../report/testing/fixture-evidence.ts';
import { fixtureLoad, injectedMs, loadToMs } from '../report/testing/fixture-load.ts';
import { type FixtureRun, fixtureRun, writeFixtureRun } from '../report/testing/fixture-run.ts';
import type { Check } from '../report/verdict.ts';
import { budgetCosts } from './budget.ts';
import { checkCounters } from './counters.ts';
import { loadRun } from './load-run.ts';
import type { Run } from './run.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-counters-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function loaded(run: FixtureRun): Promise<Run> {
  await writeFixtureRun(dir, run);
  return loadRun(dir);
}

const judge = async (run: FixtureRun): Promise<Check> => checkCounters(await loaded(run));

/** The fixture's users, some of them gone or refused, with what Prometheus would have counted of them. */
function usersOf(keep: (ms: number, id: number) => 'as it was' | 'gone' | 'refused'): FixtureRun {
  const load = fixtureLoad(7);
  const dueOf = new Map(load.entries.flatMap((one) => (one.type === 'invoke' ? [[one.id, one.due]] : [])));
  const entries = load.entries.flatMap((entry) => {
    const fate = keep(dueOf.get(entry.id) ?? 0, entry.id);
    if (fate === 'gone') return [];
    if (fate === 'as it was' || entry.type === 'invoke') return [entry];
    const { status: _status, response: _response, ...rest } = entry;
    return [{ ...rest, type: 'unknown' as const, sli: 'bad' as const, code: 'ECONNREFUSED' }];
  });
  return { ...fixtureRun(), ledger: entries, evidence: fixtureEvidence({ ...load, entries }) };
}

/** What every sample of a piece becomes. */
function spoil(run: FixtureRun, piece: string, change: (value: string, ms: number) => string | undefined) {
  const evidence = run.evidence.map((one) => {
    if (one.piece !== piece) return one;
    const { data } = one.answer as { data: { result: { values: [number, string][] }[] } };
    const result = data.result.map((series) => ({
      ...series,
      values: series.values.flatMap(([seconds, value]) => {
        const changed = change(value, seconds * 1000);
        return changed === undefined ? [] : [[seconds, changed]];
      }),
    }));
    return { ...one, answer: { status: 'success', data: { resultType: 'matrix', result } } };
  });
  return { ...run, evidence };
}

describe("Prometheus' counters and the ledger", () => {
  it('agree to the event in a run with an outage', async () => {
    expect(await judge(fixtureRun())).toMatchObject({
      verdict: 'pass',
      summary: expect.stringContaining('at most 0 events apart'),
    });
  });

  it.each([
    ['nobody buys after a while', usersOf((ms) => (ms > injectedMs - 30_000 ? 'gone' : 'as it was'))],
    ['traffic collapses', usersOf((ms, id) => (ms > injectedMs && id % 20 > 0 ? 'gone' : 'as it was'))],
    ['the api is dead', usersOf((ms) => (ms > injectedMs ? 'refused' : 'as it was'))],
  ])('agree when %s, and no budget is NaN', async (_what, run) => {
    const read = await loaded(run);
    expect(checkCounters(read)).toMatchObject({ verdict: 'pass' });
    for (const { cost, split, events } of budgetCosts(read)) {
      expect(Object.values(cost).filter(Number.isNaN)).toEqual([]);
      expect(Object.values(split.buckets).reduce((sum, one) => sum + one)).toBe(cost.badEvents);
      expect(cost.badEvents).toBeLessThanOrEqual(events);
    }
  });

  it('fail when Prometheus misses three of a hundred', async () => {
    const missing = spoil(fixtureRun(), 'prometheus-counted', (value, ms) =>
      ms < injectedMs ? value : String(Math.floor(Number(value) * 0.97)),
    );
    expect(await judge(missing)).toMatchObject({ verdict: 'fail' });
  });

  it('fail when the recorded budget is no number', async () => {
    const nan = spoil(fixtureRun(), 'prometheus-budget', (value, ms) => (ms > injectedMs ? 'NaN' : value));
    expect(await judge(nan)).toMatchObject({ verdict: 'fail', summary: expect.stringContaining('budget') });
  });

  it('are inconclusive when Prometheus records no budget', async () => {
    const none = spoil(fixtureRun(), 'prometheus-budget', () => undefined);
    expect(await judge(none)).toMatchObject({ verdict: 'inconclusive' });
  });

  it('are inconclusive when the last scrape came long before the last answer', async () => {
    const blind = spoil(fixtureRun(), 'prometheus-counted', (value, ms) =>
      ms > loadToMs - 20_000 ? undefined : value,
    );
    expect(await judge(blind)).toMatchObject({ verdict: 'inconclusive' });
  });

  it('still agree when no scrape succeeded in the middle: nothing is extrapolated', async () => {
    const gap = spoil(fixtureRun(), 'prometheus-counted', (value, ms) =>
      ms > injectedMs && ms < injectedMs + 40_000 ? undefined : value,
    );
    expect(await judge(gap)).toMatchObject({ verdict: 'pass' });
  });

  it('are inconclusive when Prometheus could not be asked, or the ledger not be read', async () => {
    const run = fixtureRun();
    const unasked = { ...run, evidence: run.evidence.filter(({ piece }) => piece !== 'prometheus-counted') };
    expect(await judge(unasked)).toMatchObject({ verdict: 'inconclusive' });
    expect(await judge({ ...run, ledger: [] })).toMatchObject({ verdict: 'inconclusive' });
  });
});

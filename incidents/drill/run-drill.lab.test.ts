import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { labDown, labStatus, nodeUrl } from '@firedrill/lab';
import { type SharedLab, sharedLab } from '@firedrill/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentDrill } from './current-drill.ts';
import { drillsIn, sealedFolder } from './drill-folders.ts';
import { readDrillJournal } from './drill-journal.ts';
import { type DrillEvent, eventsOf } from './event.ts';
import { type DrillResult, runDrill } from './run-drill.ts';
import { scenarioNamed } from './testing/played.ts';

const holdMs = 10_000;
/** Of a seed whose quiet beginning is short. */
const common = { seed: 80, operator: 'runbook', by: 'ana', limitMs: 300_000, holdMs } as const;
const patience = { timeout: 240_000, interval: 250 };
const bin = (name: string) => join(import.meta.dirname, '../../bin', `${name}.mjs`);

let lab: SharedLab;
let runs: string;
let drill: Promise<DrillResult>;
beforeAll(async () => {
  // A new one: tickets of what files before broke would fire in the quiet beginning, and with a quiet past a stall does not page.
  await labDown({ level: 1 });
  lab = await sharedLab(1);
  runs = mkdtempSync(join(tmpdir(), 'firedrill-drills-'));
  drill = runDrill({ ...common, runs, scenario: scenarioNamed('slow-provider') });
  drill.catch(() => {});
});
afterAll(() => rmSync(runs, { recursive: true, force: true }));

const events = (): readonly DrillEvent[] => drillsIn(sealedFolder()).flatMap((found) => found.events);
/** Never synchronously: the drill runs in this process, and its guardian would take that for its death. */
async function run(script: string, ...words: readonly string[]) {
  const child = spawn(process.execPath, [bin(script), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status, stdout, stderr };
}
async function say(script: string, ...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run(script, ...words);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** In one story, with the fault in from the first of its levers on. */
describe('a drill that the runbooks play on a lab that runs', { timeout: 600_000 }, () => {
  it('shows what monitoring knows, and nothing of what is done to the lab', async () => {
    await expect.poll(() => eventsOf(events(), 'lever').length, patience).toBeGreaterThan(0);
    const status = await labStatus(lab.state);
    expect(status).toMatchObject({ held: true, sealed: true, edges: [] });
    for (const node of status.nodes) expect(Object.keys(node)).not.toContain('stopped');
    expect(status).not.toHaveProperty('toxiproxyPort');
    const told = (
      await Promise.all([
        say('lab', 'status', '--level', '1'),
        say('chaos', 'status'),
        say('drill', 'status'),
      ])
    ).join();
    expect(told).toContain('sealed: a drill');
    expect(told).toContain('CheckoutLatency');
    for (const hidden of ['toxic', 'effects in', 'slow-p', 'latency ']) expect(told).not.toContain(hidden);
    const asked = new URL('/api/v1/query?query=firedrill_fault_in', nodeUrl(lab.state, 'prometheus-1'));
    expect(await (await fetch(asked)).json()).toMatchObject({ status: 'success', data: { result: [] } });
    const log = await run('lab', 'logs', 'toxiproxy', '--level', '1');
    expect(log.stderr).toMatch(/sealed until its end/);
    const { incidents } = JSON.parse(await say('oncall', 'list', '--json'));
    const incident: string = incidents.at(-1).id;
    expect(JSON.parse(await say('oncall', 'show', incident, '--json'))).toMatchObject({ run: null });
    const out = join(runs, 'too-early');
    const early = await run('incident', 'report', incident, '--draft', '--out', out);
    expect(early).toMatchObject({ status: 69, stdout: '' });
    expect(early.stderr).toMatch(/^firedrill: a run is under way on its lab: .*\[lab-busy\]\n$/);
    expect(existsSync(out)).toBe(false);
    await expect(runDrill({ ...common, runs, scenario: scenarioNamed('quiet') })).rejects.toMatchObject({
      code: 'lab-busy',
    });
  });

  it('is resolved with what was pulled while the fault was in, and costs nobody an order', async () => {
    const { score, verdict, transcripts, folder } = await drill;
    const journal = readDrillJournal(folder);
    expect(score, JSON.stringify(score)).toMatchObject({ resolved: true, costs: [] });
    expect(score?.total).toBeGreaterThan(60);
    expect(transcripts.map(({ runbook, outcome }) => `${runbook} ${outcome}`)).toEqual([
      'CheckoutLatency recovered',
    ]);
    expect(
      eventsOf(journal, 'lever')
        .filter(({ state }) => state === 'done')
        .map(({ words }) => words),
    ).toEqual(['payment-fallback on']);
    expect(verdict?.orders).toMatchObject({ lost: 0, duplicated: 0 });
    // A machine too busy to send requests in time makes a run inconclusive, and may leave more open than that.
    const open = (name: string, outcome: string) =>
      outcome === 'inconclusive' && !name.startsWith('integrity-');
    const checks = verdict?.checks ?? [];
    const busy = checks.some((check) => check.name === 'load-quality' && check.verdict === 'inconclusive');
    const others = checks.filter(
      (check) => check.verdict !== 'pass' && !(busy && open(check.name, check.verdict)),
    );
    expect(checks.length).toBeGreaterThan(0);
    expect(others).toEqual([]);

    // The fault was in until the runbook had come to its end, and for as long afterwards as that was watched.
    const seen = eventsOf(journal, 'ended')[0]?.seen;
    const over = eventsOf(journal, 'resolved')[0]?.at;
    expect(Date.parse(seen?.healedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(over ?? '') + holdMs);
    expect(seen).toMatchObject({ acknowledgedBy: 'runbook', pages: ['CheckoutLatency'] });
  });

  it('is over for everybody then: its debrief lies beside its report, and the lab is whole and not sealed', async () => {
    const { drill: id, folder } = await drill;
    expect(readFileSync(join(folder, 'debrief.md'), 'utf8')).toContain(
      'The payment provider took 0.8 s longer',
    );
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('slow-payment');
    expect(await say('drill', 'history', '--out', runs)).toContain(`${id}  level 1, the runbooks: resolved`);
    expect(() => currentDrill()).toThrow(expect.objectContaining({ code: 'drill-not-running' }));
    expect(await labStatus(lab.state)).toMatchObject({
      held: false,
      sealed: false,
      operations: { paymentFallback: false },
    });
  });
});

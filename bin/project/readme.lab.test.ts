import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { labHome, labIdOf, processesOfLab } from '@firedrill/lab/control';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { $ } from 'zx';
import { root } from './root.ts';

const pnpm = ['npx', '--yes', 'pnpm@12.21.0'];
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Every command that README shows: in backticks after `pnpm`, or on a line of a shell block. */
function commandsOf(text: string): readonly string[] {
  const inline = [...text.matchAll(/`pnpm ([^`]+)`/g)].map((match) => match[1] ?? '');
  const blocks = [...text.matchAll(/^npx --yes pnpm@12\.21\.0 (.+)$/gm)].map((match) => match[1] ?? '');
  return [...new Set([...inline, ...blocks])].sort();
}

/** What this file runs, each with a word of its answer; `elsewhere` names who runs it instead. */
const shown: Readonly<Record<string, { readonly says: RegExp } | { readonly elsewhere: string }>> = {
  'chaos partition-primary': { elsewhere: 'the end-to-end run below' },
  'report latest': { elsewhere: 'the end-to-end run below' },
  'report latest --recompute': { elsewhere: 'the end-to-end run below' },
  'incident report <id>': { elsewhere: 'the end-to-end run below' },
  test: { elsewhere: 'it is what runs this file' },
  check: { elsewhere: '.ci/run' },
  bench: { says: /^runs +every experiment/m },
  'chaos halt': { elsewhere: 'chaos/halt' },
  'chaos halt "the real shop is down"': { elsewhere: 'chaos/halt' },
  'chaos resume': { elsewhere: 'chaos/halt' },
  'chaos status': { says: /^no run is under way$/m },
  'chaos compare partition-primary --levels 1-4': {
    elsewhere: 'docs-commands.test.ts, without the half hour',
  },
  'chaos matrix --levels 1-3 --seeds 1-3': { elsewhere: 'docs-commands.test.ts, without the hours' },
  'chaos suite docs/examples/friday.suite.yaml': { elsewhere: 'docs-commands.test.ts, without the hours' },
  'soak --for 1h': { elsewhere: 'an hour; its parts in soak-result.test.ts' },
  'test:full': { elsewhere: 'hours of experiments, for releases' },
  'bench compare': { elsewhere: 'half an hour of experiments, for releases; compare-table.test.ts' },
  'bench runs': { elsewhere: 'half an hour of experiments, for releases' },
  'lab cache pack': { elsewhere: 'compose/provision/bundle.test.ts' },
  'lab up': { says: /the lab is up/ },
  'lab up --runtime docker': {
    elsewhere: 'compose/lab/up/docker/in-docker.lab.test.ts, where an engine answers',
  },
  'chaos partition-primary --runtime docker': {
    elsewhere: 'chaos/engine/in-docker.full.lab.test.ts, where an engine answers',
  },
  'lab status': { says: /api-1:pg-1 +enabled/ },
  'slo status': { says: /^checkout-availability +99 % /m },
  'lab logs api-1': { says: /listening/i },
  'oncall list': { says: /^no incident is open|not over/ },
  'oncall watch': { elsewhere: 'the end-to-end run below' },
  dash: { elsewhere: 'dashboards/dash/dash.level-1.lab.test.ts' },
  'drill start': { elsewhere: 'incidents/drill' },
  'drill list': { says: /^misleading-alert +level 1/m },
  'drill history': { says: /drill/ },
  'alerts silence list': { says: /^nothing is silenced$/m },
  'lab promote pg-2': { elsewhere: 'compose/lab/promote' },
  'lab restart api-1': { elsewhere: 'compose/lab/levers' },
  'lab read-only on': { elsewhere: 'compose/lab/levers' },
  runbook: { says: /^CheckoutLatency +page, ticket/m },
  'runbook CheckoutLatency': { says: /Take the money later/ },
  'runbook run CheckoutLatency': { elsewhere: 'incidents/executed' },
  'lab queries --level 4': { elsewhere: 'compose/lab/queries/queries.level-4.lab.test.ts' },
  'lab doctor': { says: /postgres +18/ },
  'chaos heal': { says: /(\d+) of \1 edges as the topology says/ },
  'chaos quiet --for 10m': {
    elsewhere: 'chaos/engine/quiet.lab.test.ts, and pnpm bench quiet for ten minutes',
  },
  'lab down': { says: /is down/ },
  'chaos list': { says: /partition-primary/ },
  'chaos partition-primary --dry-run': { says: /predicted 8\.6 s/ },
  'slo generate': { says: /27 files, 0 changed/ },
  'slo lint': { says: /0 findings/ },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-readme-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Through npx and pnpm, as a user does it. */
const run = (words: string) => $({ cwd: root, quiet: true, nothrow: true })`${pnpm} ${words.split(' ')}`;

it('shows only commands that are run by a test', () => {
  expect(commandsOf(readme)).toEqual(Object.keys(shown).sort());
});

describe('each command does what README says', () => {
  const tried = Object.entries(shown).flatMap(([words, how]) =>
    'says' in how ? [[words, how.says] as const] : [],
  );
  const only = (...which: readonly string[]) => tried.filter(([words]) => which.includes(words));
  const between = tried.filter(([words]) => words !== 'lab up' && words !== 'lab down');
  const answers = async (words: string, says: RegExp): Promise<void> => {
    const { exitCode, stdout, stderr } = await run(words);
    expect(exitCode, stderr).toBe(0);
    expect(stdout + stderr).toMatch(says);
  };
  it.each(only('lab up'))('pnpm %s', answers);
  // None waits for another: most of their time is the start of npx, pnpm and Node.
  it.concurrent.each(between)('pnpm %s', answers);
  it.each(only('lab down'))('pnpm %s', answers);
});

/** A person with the pager: hears the bell, and takes the incident. */
function acknowledgeFirstPage(): ChildProcess {
  const oncall = join(root, 'bin/oncall.mjs');
  const watch = spawn(process.execPath, [oncall, 'watch', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface(watch.stdout).once('line', (line) => {
    spawnSync(process.execPath, [oncall, 'ack', JSON.parse(line).incident, '--by', 'ana']);
  });
  return watch;
}

it('pnpm chaos partition-primary: the page comes, nothing is lost, nothing is left running', async () => {
  await run('lab down');
  const watch = acknowledgeFirstPage();
  const { stdout, stderr } = await run(`chaos partition-primary --json --out ${folder}`);
  watch.kill();
  if (stdout === '') throw new Error(stderr);
  const verdict = JSON.parse(stdout);
  const checks = new Map<string, string>(
    verdict.checks.map((check: { name: string; verdict: string }) => [check.name, check.verdict]),
  );
  // A machine too busy to send requests in time makes a run inconclusive, and may leave more open than that: what it refutes,
  // and what became of an order, never.
  const busy = checks.get('load-quality') === 'inconclusive';
  const others = [...checks].filter(
    ([name, outcome]) =>
      outcome !== 'pass' && !(busy && outcome === 'inconclusive' && !name.startsWith('integrity-')),
  );
  expect(others, stderr).toEqual([]);
  expect(verdict.verdict).toBe(busy ? 'inconclusive' : 'pass');
  expect(verdict.detection.measuredMs).toBeGreaterThan(0);
  expect(verdict.orders).toMatchObject({ lost: 0, duplicated: 0 });
  type Alert = { readonly deliveredMs: number | null; readonly acknowledgedMs: number | null };
  const taken = verdict.alerts.filter(({ acknowledgedMs }: Alert) => acknowledgedMs !== null);
  expect(taken.length).toBeGreaterThan(0);
  for (const { deliveredMs, acknowledgedMs } of taken) expect(acknowledgedMs).toBeGreaterThan(deliveredMs);
  expect(processesOfLab({ labId: labIdOf(1), home: labHome(1) })).toEqual([]);

  const [id = ''] = readdirSync(folder);
  const read = (name: string) => readFileSync(join(folder, id, name), 'utf8');
  const files = ['report.md', 'report.html', 'verdict.json', 'junit.xml'];
  const before = files.map(read);
  const again = await $({
    cwd: root,
    quiet: true,
    env: { ...process.env, TZ: 'Pacific/Chatham' },
  })`${pnpm} report latest --runs ${folder}`;
  expect(again.exitCode).toBe(0);
  expect(files.map(read)).toEqual(before);

  // Every figure again, Prometheus' own from the samples that were kept.
  const recomputed = await run(`report latest --runs ${folder} --recompute`);
  expect(recomputed.exitCode, recomputed.stdout + recomputed.stderr).toBe(0);
  expect(recomputed.stdout).toMatch(/^agrees {2}/);
  expect(recomputed.stdout).toMatch(/agrees +Prometheus' answers +[1-9]\d+ samples of [1-9]\d answers/);
  expect(recomputed.stdout).toMatch(/agrees +the rules' error ratios +[1-9]\d+ samples of 32 rules/);
  expect(files.map(read)).toEqual(before);

  // Whoever took the incident says that it is over, and writes it up.
  const listed = JSON.parse((await run('oncall list --json')).stdout);
  const incident: string = listed.incidents.at(-1).id;
  expect((await run(`oncall resolve ${incident} --by ana`)).exitCode).toBe(0);
  const written = await run(`incident report ${incident} --runs ${folder} --out ${folder}`);
  expect(written.exitCode, written.stderr).toBe(0);
  expect(written.stdout).toContain(`from the run ${id}`);
  const text = readFileSync(join(folder, incident, 'report.md'), 'utf8');
  expect(text).toContain('Incident commander: ana');
  expect(text).toMatch(/^## Traces around the break$/m);
  expect(readFileSync(join(folder, incident, 'report.html'), 'utf8').match(/<svg /g)).toHaveLength(5);
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisCheckout } from '@firedrill/lab/control';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { prepareRun } from '../engine/prepare-run.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-bad-input-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const good = `
name: late-payment
title: Payments take longer
hypothesis: Nobody gives up for a quarter of a second.
timeline:
  - durationMs: 20000
    fault: latency
    params: { latencyMs: 250 }
    on: { edges: ['api-1:payment-1'] }
impact: {}
alerts: { expected: [] }
hypotheses:
  - { phase: control, operation: checkout, measure: errorRatio, atMost: 0.01 }
`;

/** What is wrong, how the good file is spoilt, and the one line: what, where, what to do. */
const bad: readonly (readonly [string, readonly [string, string], RegExp])[] = [
  [
    'YAML that is none',
    ['timeline:', 'timeline: ['],
    /^firedrill: not YAML: .+ \(bad\.yaml:\d+:\d+\): correct it there/,
  ],
  [
    'a missing field',
    ['title: Payments take longer\n', ''],
    /not an experiment: it is missing \(bad\.yaml: title\): add it: string/,
  ],
  ['a misspelt field', ['title:', 'titel:'], /\(bad\.yaml: \w+\): (use one of|add it)/],
  [
    'a misspelt field inside',
    ['durationMs: 20000', 'durationMs: 20000\n    duration: 20'],
    /there is no such field \(bad\.yaml: timeline\[0\]\.duration\): use one of atJitterMs, atMs, durationJitterMs, durationMs, fault, on, params/,
  ],
  [
    'a word for a number',
    ['durationMs: 20000', 'durationMs: long'],
    /\(bad\.yaml: timeline\[0\]\.durationMs\): give number/,
  ],
  [
    'a fault that takes no time',
    ['durationMs: 20000', 'durationMs: 0'],
    /\(bad\.yaml: timeline\[0\]\.durationMs\): give more than 0/,
  ],
  [
    'a severity that there is not',
    ['expected: []', 'expected: [{ alert: CheckoutLatency, severity: email, withinMs: 1 }]'],
    /\(bad\.yaml: alerts\.expected\[0\]\.severity\): use one of page, ticket/,
  ],
  [
    'a target of no kind',
    ["on: { edges: ['api-1:payment-1'] }", "on: { edge: 'api-1:payment-1' }"],
    /it does not fit \(bad\.yaml: timeline\[0\]\.on\): give \{ edges: \[name, …\] \}, /,
  ],
  [
    'an unknown edge',
    ['api-1:payment-1', 'api-9:payment-1'],
    /the topology has no edge api-9:payment-1 \(bad\.yaml: timeline\[0\]\.on\): use one of .*api-1:payment-1/,
  ],
  [
    'an unknown fault',
    ['fault: latency', 'fault: slowness'],
    /unknown fault slowness \(bad\.yaml: timeline\[0\]\.fault\): use one of .*latency/,
  ],
  [
    'a negative latency',
    ['latencyMs: 250', 'latencyMs: -250'],
    /\(bad\.yaml: timeline\[0\]\.params\.latencyMs\): give more than 0/,
  ],
  [
    'a parameter that the fault does not take',
    ['latencyMs: 250', 'latencyMs: 250, delay: 3'],
    /\(bad\.yaml: timeline\[0\]\.params\.delay\): use one of driftMs, jitterMs, latencyMs/,
  ],
  [
    'a plan longer than retention',
    ['durationMs: 20000', 'durationMs: 86400000'],
    /longer than its evidence is to be had: Prometheus keeps 1d .+ \(bad\.yaml: .*timeline.*\): make .+ at most 10000 s/,
  ],
  [
    'an operation that no user asks for',
    ['operation: checkout', 'operation: chekout'],
    /no user asks for chekout \(bad\.yaml: hypotheses\[0\]\.operation\): use one of .*checkout/,
  ],
  [
    'an SLO that there is not',
    ['impact: {}', 'impact: { joy: 1 }'],
    /level 1 has no SLO joy \(bad\.yaml: impact\.joy\): use one of/,
  ],
  [
    'a guard that is no PromQL',
    ['impact: {}', 'impact: {}\nabort: { queries: [{ query: "sum(up", below: 3, reason: too few are up }] }'],
    /not PromQL from character \d+ on: sum\(up \(bad\.yaml: abort\.queries\[0\]\.query\)/,
  ],
  [
    'a guard without a threshold',
    ['impact: {}', 'impact: {}\nabort: { queries: [{ query: sum(up), reason: too few are up }] }'],
    /it does not fit \(bad\.yaml: abort\.queries\[0\]\.above\): say `above` or `below`, one of them/,
  ],
  [
    'a guard by an alert that there is not',
    ['impact: {}', 'impact: {}\nabort: { alerts: [{ alert: NoSuch, severity: page }] }'],
    /level 1 has no page NoSuch \(bad\.yaml: abort\.alerts\[0\]\)/,
  ],
];

function write(spoilt: readonly [string, string]): void {
  const text = good.replace(...spoilt);
  expect(text).not.toBe(good);
  writeFileSync(join(folder, 'bad.yaml'), text);
}

test('the file that is spoilt below is a good one', async () => {
  writeFileSync(join(folder, 'good.yaml'), good);
  const { plan } = await prepareRun({ experiment: './good.yaml', seed: 1, clock: 'drill' }, folder);
  expect(plan.faults[0]?.label).toContain('250 ms');
});

test('a file outside of the checkout is taken, in TypeScript and in JSON too', async () => {
  const data = parse(good);
  writeFileSync(join(folder, 'outside.json'), JSON.stringify(data));
  writeFileSync(
    join(folder, 'outside.ts'),
    `import type { Experiment } from '@firedrill/chaos';\nexport default ${JSON.stringify(data)} satisfies Experiment;\n`,
  );
  const plans = ['good.yaml', 'outside.json', './outside.ts'].map(
    async (experiment) => (await prepareRun({ experiment, seed: 1, clock: 'drill' }, folder)).plan,
  );
  const [yaml, json, typescript] = await Promise.all(plans);
  expect(json).toEqual(yaml);
  expect(typescript).toEqual(yaml);
});

describe('what is wrong is said in one line: what, where, what to do', () => {
  test.each(bad)('%s', async (_what, spoilt, line) => {
    write(spoilt);
    const error = await prepareRun({ experiment: 'bad.yaml', seed: 1, clock: 'drill' }, folder).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ exitCode: 64, fix: expect.stringMatching(/.{5}/) });
    expect((error as { toLine(): string }).toLine()).toMatch(line);
  });
});

/** The real command, with nowhere to leave anything but its own folders. */
function chaos(words: readonly string[]) {
  const temporary = join(folder, 'tmp');
  rmSync(temporary, { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(thisCheckout, 'bin', 'chaos.mjs'), ...words, '--out', join(folder, 'runs')],
    { encoding: 'utf8', cwd: folder, env: { ...process.env, INIT_CWD: folder, TMPDIR: temporary } },
  );
  return {
    status,
    stdout,
    stderr,
    started: [temporary, join(folder, 'runs')].filter((path) => existsSync(path)),
  };
}

describe('the command says so, exits 64 and starts nothing', () => {
  const through = [
    'a misspelt field inside',
    'an unknown edge',
    'a negative latency',
    'a plan longer than retention',
  ];
  test.each(bad.filter(([what]) => through.includes(what)))('%s', (_what, spoilt, line) => {
    write(spoilt);
    for (const words of [['bad.yaml'], ['bad.yaml', '--dry-run']]) {
      const { status, stdout, stderr, started } = chaos(words);
      expect({ status, stdout, started, lines: stderr.split('\n').length }).toEqual({
        status: 64,
        stdout: '',
        started: [],
        lines: 2,
      });
      expect(stderr).toMatch(line);
    }
    expect(readdirSync(folder).sort()).toEqual(['bad.yaml', 'good.yaml', 'outside.json', 'outside.ts']);
  });
});

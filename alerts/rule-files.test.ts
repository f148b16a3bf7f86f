import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { clocks, parseDuration } from '@firedrill/slo';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { logRulesFile, logRulesMs } from './log-rules.ts';
import { handWrittenRuleFiles, prometheusRuleFiles } from './rule-files.ts';

interface Rule {
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
}
interface Group {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly Rule[];
}
const groupsOf = (file: string): readonly Group[] => parse(readFileSync(file, 'utf8')).groups as Group[];
const alertsOf = (files: readonly string[]): readonly string[] =>
  files.flatMap((file) => groupsOf(file).flatMap((group) => group.rules.flatMap(({ alert }) => alert ?? [])));

const cells = levels.flatMap(({ number }) => clocks.map((clock) => [number, clock] as const));

describe.each(cells)('the rule files of level %i, %s', (level, clock) => {
  const files = prometheusRuleFiles(level, clock);

  it("are absolute, the SLOs' first, and there", () => {
    expect(files[0]).toContain(`generated/level-${level}/${clock}/rules.yaml`);
    for (const file of files) {
      expect(isAbsolute(file)).toBe(true);
      expect(groupsOf(file).length).toBeGreaterThan(0);
    }
  });

  it('name each group once, over all files', () => {
    const names = files.flatMap(groupsOf).map((group) => group.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

it('a level has the rules of those below it, and its own', () => {
  for (const { number } of levels.slice(1)) {
    const files = handWrittenRuleFiles(number);
    expect(files).toEqual(expect.arrayContaining([...handWrittenRuleFiles(number - 1)]));
  }
  const added = (level: number) =>
    alertsOf(handWrittenRuleFiles(level)).filter(
      (alert) => !alertsOf(handWrittenRuleFiles(level - 1)).includes(alert),
    );
  expect(added(2).toSorted()).toEqual(['DiskPressure', 'MemoryPressure', 'PoolSaturation', 'SlowQueries']);
  expect(added(3).toSorted()).toEqual(['PartitionsRunningOut', 'ReplicationLag']);
  expect(added(4).toSorted()).toEqual([
    'DatabaseNoLeader',
    'EtcdMemberDown',
    'EtcdNoLeader',
    'LeaderChanged',
    'PatroniPaused',
    'StandbyMissing',
    'SynchronousStandbyMissing',
  ]);
});

it('every file is loaded at some level', () => {
  const folder = join(import.meta.dirname, 'rules');
  const there = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  const loaded = handWrittenRuleFiles(levels.at(-1)!.number).map((file) => relative(folder, file));
  expect(loaded.toSorted()).toEqual(there.toSorted());
});

it('the log rules are evaluated as often as the wiring says', () => {
  const intervals = groupsOf(logRulesFile).map(({ interval }) => parseDuration(interval ?? ''));
  expect(new Set(intervals)).toEqual(new Set([logRulesMs / 1000]));
});

it('what the logs alone tell is a ticket, and told of by nobody else', () => {
  const rules = groupsOf(logRulesFile).flatMap((group) => group.rules);
  expect(new Set(rules.map(({ labels }) => labels?.['severity']))).toEqual(new Set(['ticket']));
  const others = alertsOf(handWrittenRuleFiles(levels.at(-1)!.number));
  expect(rules.filter(({ alert = '' }) => others.includes(alert))).toEqual([]);
});

it('only what users feel, and correctness, pages; a cause is a ticket', () => {
  const severities = new Map(
    handWrittenRuleFiles(levels.at(-1)!.number)
      .flatMap(groupsOf)
      .flatMap((group) => group.rules)
      .flatMap((rule) => (rule.alert === undefined ? [] : [[rule.alert, rule.labels?.['severity']]])),
  );
  expect([...severities].filter(([, severity]) => severity === 'page')).toEqual([
    ['ReconcilerMismatch', 'page'],
  ]);
  expect(new Set(severities.values())).toEqual(new Set(['page', 'ticket', 'watchdog']));
});

it('every alert is tested: that it fires, and that it does not', () => {
  const folder = join(import.meta.dirname, 'rules-tests');
  const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.yaml'))
    .flatMap((name) => {
      type Case = { alertname: string; exp_alerts: readonly object[] };
      const { tests } = parse(readFileSync(join(folder, name), 'utf8')) as {
        tests: readonly { alert_rule_test?: readonly Case[] }[];
      };
      return tests.flatMap((test) => test.alert_rule_test ?? []);
    });
  const highest = levels.at(-1)!.number;
  for (const alert of [...alertsOf(handWrittenRuleFiles(highest)), 'SlaAtRisk']) {
    const own = cases.filter(({ alertname }) => alertname === alert);
    expect(
      own.some(({ exp_alerts: expected }) => expected.length > 0),
      alert,
    ).toBe(true);
    if (alert !== 'Watchdog')
      expect(
        own.some(({ exp_alerts: expected }) => expected.length === 0),
        alert,
      ).toBe(true);
  }
});

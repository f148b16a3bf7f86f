import { describe, expect, it } from 'vitest';
import type { RuleFile } from '../rule-file.ts';
import { groupBySlo } from './group-by-slo.ts';
import { keepFiring } from './keep-firing.ts';
import { wholeWhenIdle } from './whole-when-idle.ts';

const sli = (window: string) => ({ record: `r${window}`, expr: 'x', labels: { sloth_window: window } });
const slothOutput = (id: string): RuleFile['groups'] => [
  { name: `sloth-slo-sli-recordings-${id}`, rules: [sli('5s'), sli('1m'), sli('12h')] },
  {
    name: `sloth-slo-meta-recordings-${id}`,
    rules: [{ record: 'slo:objective:ratio', expr: 'vector(0.99)' }],
  },
  {
    name: `sloth-slo-alerts-${id}`,
    rules: [
      { alert: 'A', expr: 'y' },
      { alert: 'A', expr: 'z' },
    ],
  },
];
const cadence = { signalsSeconds: 0.5, budgetSeconds: 15, keepFiringSeconds: 10 };

describe('groupBySlo', () => {
  it('puts SLIs and alerts of an SLO into one fast group, the period and the metadata into a slow one', () => {
    const { groups } = groupBySlo({ groups: [...slothOutput('a'), ...slothOutput('b')] }, '12h', cadence);
    expect(
      groups.map((group) => [
        group.name,
        group.interval,
        group.rules.map((rule) => ('alert' in rule ? `alert ${rule.expr}` : rule.record)),
      ]),
    ).toEqual([
      ['slo-a', '500ms', ['r5s', 'r1m', 'alert y', 'alert z']],
      ['slo-a-budget', '15s', ['r12h', 'slo:objective:ratio']],
      ['slo-b', '500ms', ['r5s', 'r1m', 'alert y', 'alert z']],
      ['slo-b-budget', '15s', ['r12h', 'slo:objective:ratio']],
    ]);
  });

  it('loses no rule', () => {
    const before = slothOutput('a');
    const { groups } = groupBySlo({ groups: before }, '12h', cadence);
    expect(new Set(groups.flatMap((group) => group.rules))).toEqual(
      new Set(before.flatMap((group) => group.rules)),
    );
  });

  it.each([
    ['a group is missing', slothOutput('a').slice(0, 2), '12h', /no group sloth-slo-alerts-a/],
    [
      'there is a group it does not know',
      [...slothOutput('a'), { name: 'new-in-0.17', rules: [] }],
      '12h',
      /4 groups/,
    ],
    ["the period's ratio is missing", slothOutput('a'), '30d', /no ratio over 30d for a/],
  ])('stops when %s', (_name, groups, period, message) => {
    expect(() => groupBySlo({ groups }, period, cadence)).toThrow(message);
  });
});

describe('keepFiring', () => {
  it('holds every alert and touches no recording', () => {
    const rules = keepFiring({ groups: slothOutput('a') }, 10).groups.flatMap((group) => group.rules);
    expect(rules.filter((rule) => 'alert' in rule).map((rule) => rule.keep_firing_for)).toEqual([
      '10s',
      '10s',
    ]);
    expect(rules.filter((rule) => 'record' in rule && 'keep_firing_for' in rule)).toEqual([]);
  });

  it('changes nothing at 0', () => {
    const file = { groups: slothOutput('a') };
    expect(keepFiring(file, 0)).toBe(file);
  });
});

describe('wholeWhenIdle', () => {
  const file = (expr: string): RuleFile => ({
    groups: [{ name: 'a', rules: [sli('12h'), { record: 'slo:period_burn_rate:ratio', expr }] }],
  });

  it("takes 0/0 for 0 in the period's burn rate, and touches nothing else", () => {
    const changed = wholeWhenIdle(file('slo:sli_error:ratio_rate12h{a="b"}\n/ budget'));
    expect(changed.groups[0]!.rules).toEqual([
      sli('12h'),
      {
        record: 'slo:period_burn_rate:ratio',
        expr: '(slo:sli_error:ratio_rate12h{a="b"} >= 0 or 0 * count without () (slo:sli_error:ratio_rate12h{a="b"}))\n/ budget',
      },
    ]);
  });

  it('stops when Sloth writes it another way', () => {
    expect(() => wholeWhenIdle(file('sum(x) / budget'))).toThrow(/does not begin with the period's ratio/);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { logRulesFile, prometheusRuleFiles, watchdogMissing } from '@firedrill/alerts';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseRunbook, resolveRunbookUrl, runbookSections, runbooks } from './index.ts';

interface AlertRule {
  readonly alert: string;
  readonly severity: string;
  readonly slo: string | undefined;
  readonly runbookUrl: string | undefined;
  readonly level: number;
}

/** Every alert that can reach somebody: from the rules that Prometheus and Loki load, and the receiver's own. */
const alerts: readonly AlertRule[] = levels.flatMap(({ number }) => [
  ...[...prometheusRuleFiles(number, 'drill'), logRulesFile].flatMap((file) => {
    type Rule = {
      alert?: string;
      expr: string;
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    };
    const { groups } = parse(readFileSync(file, 'utf8')) as { groups: { rules: Rule[] }[] };
    return groups.flatMap(({ rules }) =>
      rules.flatMap((rule) =>
        rule.alert === undefined || rule.labels?.['severity'] === 'watchdog'
          ? []
          : [
              {
                alert: rule.alert,
                severity: rule.labels?.['severity'] ?? '',
                slo: /sloth_slo="([^"]+)"/.exec(rule.expr)?.[1],
                runbookUrl: rule.annotations?.['runbook_url'],
                level: number,
              },
            ],
      ),
    );
  }),
  { ...watchdogMissing, slo: undefined, level: number },
]);

describe('what must lead to a promotion', () => {
  it.each(['CheckoutAvailability', 'ReplicationLag'])(
    '%s does, with when not to and the way back',
    (name) => {
      const runbook = runbooks().find(({ alert }) => alert === name)!;
      const commands = runbook.blocks.filter(({ text }) => text.includes('pnpm lab promote pg-2'));
      expect(commands.map(({ section }) => section)).toEqual(['Mitigation']);
      expect(runbook.body).toMatch(/When not|Do not promote/);
      expect(runbook.body.split('## Rollback')[1]).toContain('pnpm lab promote pg-1');
    },
  );
});

describe('alert ↔ runbook', () => {
  it.each(alerts)('$alert ($severity) has a runbook_url that resolves to its runbook', (rule) => {
    expect(rule.runbookUrl).toBe(`runbooks/${rule.alert}.md`);
    expect(existsSync(resolveRunbookUrl(rule.runbookUrl!))).toBe(true);
    const runbook = runbooks().find((candidate) => candidate.alert === rule.alert);
    expect(runbook?.path).toBe(rule.runbookUrl);
    expect(runbook?.severity).toContain(rule.severity);
    expect(runbook?.levels).toContain(rule.level);
    expect(runbook?.slo).toBe(rule.slo);
  });

  it.each(runbooks())('$path belongs to an alert that exists', (runbook) => {
    const own = alerts.filter((rule) => rule.alert === runbook.alert);
    expect(own.length).toBeGreaterThan(0);
    expect([...new Set(own.map((rule) => rule.severity))].sort()).toEqual([...runbook.severity].sort());
    expect([...new Set(own.map((rule) => rule.level))]).toEqual(runbook.levels);
    expect(runbook.path).toBe(`runbooks/${runbook.alert}.md`);
  });
});

describe.each(runbooks())('$path', (runbook) => {
  it('has the sections, in order, none of them empty', () => {
    expect(runbook.sections).toEqual(runbookSections);
    for (const part of runbook.body.split(/^## .*$/m).slice(1))
      expect(part.trim().length).toBeGreaterThan(20);
  });

  it('has something to do in Diagnosis and in Verify recovery', () => {
    expect(runbook.blocks.some((block) => block.section === 'Diagnosis')).toBe(true);
    expect(runbook.blocks.some((block) => block.section === 'Verify recovery')).toBe(true);
  });

  it('names only experiments that there are', () => {
    for (const name of runbook.experiments) {
      expect(existsSync(resolveRunbookUrl(`chaos/experiments/${name}.ts`)), name).toBe(true);
    }
  });

  it('uses only what an operator has', () => {
    expect(runbook.body).not.toMatch(/toxi|guardian|journal\.jsonl|pnpm chaos/i);
    for (const block of runbook.blocks) expect(['sh', 'promql']).toContain(block.language);
  });

  it('names only nodes that the level has', () => {
    for (const block of runbook.blocks) {
      for (const level of levels) {
        if (!runbook.levels.includes(level.number) || level.number < block.fromLevel) continue;
        const names = level.nodes.map((node) => node.name);
        for (const [, node] of block.text.matchAll(/pnpm lab (?:logs|promote) (\S+)/g))
          expect(names, `level ${level.number}`).toContain(node);
      }
    }
  });

  it('gives each command its level, for by default it would be the first', () => {
    for (const [command] of runbook.body.matchAll(/pnpm lab \w+[^`\n]*/g)) {
      expect(command).toMatch(/--level N\b/);
    }
  });
});

describe('parseRunbook', () => {
  const block = ['```sh', 'ls', '```'];
  const text = (front: string): string => `---\n${front}\n---\n# T\n\n## Meaning\n\n\`\`\`sh\nls\n\`\`\`\n`;

  it('reads front matter, sections and blocks', () => {
    expect(parseRunbook(text('alert: A\nseverity: [page]\nlevels: [1]\nexperiments: []'), 'f')).toMatchObject(
      {
        alert: 'A',
        sections: ['Meaning'],
        blocks: [{ language: 'sh', text: 'ls', section: 'Meaning', fromLevel: 1 }],
      },
    );
  });

  it('knows from which level on a block is due', () => {
    const body = ['# T', '## Diagnosis', ...block, '### Level 2 and up', ...block, '### Others', ...block];
    const parsed = parseRunbook(
      `---\nalert: A\nseverity: [page]\nlevels: [1, 2]\nexperiments: []\n---\n${[...body, '## Rollback', ...block].join('\n')}`,
      'f',
    );
    expect(parsed.blocks.map(({ fromLevel }) => fromLevel)).toEqual([1, 2, 1, 1]);
  });

  it.each([
    ['no front matter', '# T', 'f'],
    ['no levels', text('alert: A\nseverity: [page]\nexperiments: []'), 'f: levels'],
    [
      'an unknown key',
      text('alert: A\nseverity: [page]\nlevels: [1]\nexperiments: []\nowner: x'),
      'f: front matter',
    ],
  ])('names file and field when there is %s', (_name, broken, where) => {
    expect(() => parseRunbook(broken, 'f')).toThrow(expect.objectContaining({ code: 'invalid-data', where }));
  });
});

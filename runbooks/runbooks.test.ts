import { existsSync, readFileSync } from 'node:fs';
import { logRulesFile, prometheusRuleFiles, watchdogMissing } from '@firedrill/alerts';
import { leverNames, leverOf, undoOfLever, wordsOf } from '@firedrill/lab/levers';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isDueAt, parseRunbook, resolveRunbookUrl, runbookSections, runbooks, slugOf } from './index.ts';

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
      // By hand only where nothing does it alone.
      for (const { levels: at } of commands) expect(at).toEqual({ from: 3, to: 3 });
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

it('every lever but those that only take another one back is pulled by a runbook', () => {
  const pulled = runbooks().flatMap(({ mitigations }) =>
    mitigations.flatMap(({ blocks }) =>
      blocks.flatMap(({ text }) => [...text.matchAll(/^pnpm lab (\S+)/gm)].map(([, name]) => name)),
    ),
  );
  const meant = leverNames.filter((name) => !['undrain', 'deploy'].includes(name));
  expect(pulled).toEqual(expect.arrayContaining(meant));
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
    expect(runbook.body).not.toMatch(/toxi|guardian|journal\.jsonl|pnpm chaos|firedrill_/i);
    for (const block of runbook.blocks) expect(['sh', 'promql', 'logql']).toContain(block.language);
  });

  it('names only nodes that the level has', () => {
    for (const block of runbook.blocks) {
      for (const level of levels) {
        if (!runbook.levels.includes(level.number) || !isDueAt(block.levels, level.number)) continue;
        const names = [...level.nodes.map((node) => node.name), 'NODE'];
        for (const [, node] of block.text.matchAll(/pnpm lab (?:logs|promote|restart|drain) (\S+)/g))
          expect(names, `level ${level.number}`).toContain(node);
      }
    }
  });

  it.each(runbook.levels)('can see at level %i that it is over', (level) => {
    const expected = runbook.blocks.filter(
      ({ section, expect: wanted, levels: at }) =>
        section === 'Verify recovery' && wanted !== undefined && isDueAt(at, level),
    );
    expect(expected.length).toBeGreaterThan(0);
  });

  it('leads each answer to something that there is, at a level at which it can be given', () => {
    for (const block of runbook.blocks) {
      for (const { targets, words } of block.branches) {
        for (const target of targets) {
          if (target.kind === 'runbook') expect(runbooks().map(({ alert }) => alert)).toContain(target.alert);
          if (target.kind !== 'mitigation') continue;
          const mitigation = runbook.mitigations.find(({ slug }) => slug === target.slug);
          expect(mitigation, `${words} → ${target.slug}`).toBeDefined();
          const both = runbook.levels.filter(
            (level) => isDueAt(block.levels, level) && isDueAt(mitigation!.levels, level),
          );
          expect(both.length, `${words} → ${target.slug}`).toBeGreaterThan(0);
        }
      }
    }
  });

  it('has nothing to do to which no answer leads, and no answer in Diagnosis that asks for nothing', () => {
    const led = runbook.blocks.flatMap(({ branches }) =>
      branches.flatMap(({ targets }) =>
        targets.flatMap((one) => (one.kind === 'mitigation' ? [one.slug] : [])),
      ),
    );
    // What needs a person's judgement is described, and not led to.
    const byHand = ['promote-when-the-primary-is-lost-level-3'];
    expect([...new Set([...led, ...byHand])]).toEqual(
      expect.arrayContaining(runbook.mitigations.map(({ slug }) => slug)),
    );
    for (const { blocks, escalate, title } of runbook.mitigations)
      expect(blocks.length > 0 || escalate !== undefined, title).toBe(true);
  });

  it('takes back each lever that it pulls', () => {
    const rollback = runbook.body.split('## Rollback')[1]?.split('## Escalation')[0] ?? '';
    for (const { text } of runbook.mitigations.flatMap(({ blocks }) => blocks)) {
      for (const [, words = ''] of text.matchAll(/^pnpm lab (.+) --level N$/gm)) {
        const lever = leverOf(words);
        const undo = lever && undoOfLever(lever);
        if (undo !== undefined) expect(rollback).toContain(`pnpm lab ${wordsOf(undo)} --level N`);
      }
    }
  });

  it('names in its table what its command needs', () => {
    for (const { branches } of runbook.blocks) {
      for (const { targets, names, words } of branches) {
        for (const target of targets) {
          const mitigation = runbook.mitigations.find(
            ({ slug }) => target.kind === 'mitigation' && slug === target.slug,
          );
          const needed = mitigation?.blocks.flatMap(({ text }) => text.match(/\b[A-Z]{2,}\b/g) ?? []) ?? [];
          const named = [...Object.keys(names), ...(words.match(/\b[A-Z]{2,}\b/g) ?? [])];
          expect(named).toEqual(expect.arrayContaining(needed));
        }
      }
    }
  });

  it('has links that lead somewhere', () => {
    const headings = [...runbook.body.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => slugOf(title));
    for (const [, file = '', anchor] of runbook.body.matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g)) {
      if (file !== '') expect(existsSync(resolveRunbookUrl(`runbooks/${file}`)), file).toBe(true);
      if (file === '' && anchor !== undefined) expect(headings).toContain(anchor);
    }
  });

  it('tells whom to call', () => {
    expect(runbook.escalation.length).toBeGreaterThan(0);
  });

  it('gives each command its level, for by default it would be the first', () => {
    for (const [command] of runbook.body.matchAll(/pnpm lab \w+[^`\n]*/g)) {
      expect(command).toMatch(/--level N\b/);
    }
  });
});

describe('parseRunbook', () => {
  const text = (front: string, body = ''): string => `---\n${front}\n---\n# T\n\n## Diagnosis\n\n${body}`;
  const front = 'alert: A\nseverity: [page]\nlevels: [1, 2, 3, 4]\nexperiments: []';
  const block = '```sh\nls\n```\n\n';
  const table = '| Answer | Then |\n|---|---|\n';

  it('reads questions, their answers, and where these lead', () => {
    const body = `1. Is it so?\n\n${block}${table}| says \`NODE down\` | [do](#do) |\n| any > 1 | [see](B.md), \`API\` is its \`instance\` |\n| else | next |\n`;
    expect(parseRunbook(text(front, body), 'f').blocks).toMatchObject([
      {
        language: 'sh',
        text: 'ls',
        section: 'Diagnosis',
        question: 'Is it so?',
        branches: [
          { words: 'says `NODE down`', targets: [{ kind: 'mitigation', slug: 'do' }] },
          { targets: [{ kind: 'runbook', alert: 'B' }], names: { API: 'instance' } },
          { words: 'else', targets: [] },
        ],
      },
    ]);
  });

  it('knows at which levels a block is due', () => {
    const body = ['', '### Level 2 and up\n', '### Level 3\n', '### Every level\n'].map(
      (one) => `${one}\n${block}`,
    );
    expect(parseRunbook(text(front, body.join('')), 'f').blocks.map(({ levels: at }) => at)).toEqual([
      { from: 1, to: Number.POSITIVE_INFINITY },
      { from: 2, to: Number.POSITIVE_INFINITY },
      { from: 3, to: 3 },
      { from: 1, to: Number.POSITIVE_INFINITY },
    ]);
  });

  it('reads what can be done, who is told and who is called', () => {
    const body = `## Mitigation\n\n### Go (level 2 and up)\n\n${block}**Communicate**: to all:\nsay so.\n\n**Escalate**: call.\n`;
    expect(parseRunbook(text(front, body), 'f').mitigations).toMatchObject([
      {
        title: 'Go (level 2 and up)',
        slug: 'go-level-2-and-up',
        levels: { from: 2 },
        blocks: [{ text: 'ls' }],
        communicate: 'to all: say so.',
        escalate: 'call.',
      },
    ]);
  });

  it('reads what is expected, and for how long', () => {
    const body = `## Verify recovery\n\n${block}Expect: all < 0.05 for 10 s\n\n${block}Expect: no row\n`;
    expect(parseRunbook(text(front, body), 'f').blocks.map(({ expect: wanted }) => wanted)).toMatchObject([
      { words: 'all < 0.05 for 10 s', holdSeconds: 10 },
      { words: 'no row', holdSeconds: 0 },
    ]);
  });

  it.each([
    ['no front matter', '# T', 'f'],
    ['no levels', text('alert: A\nseverity: [page]\nexperiments: []'), 'f: levels'],
    ['an unknown key', text(`${front}\nowner: x`), 'f: front matter'],
    ['an answer that is none', text(front, `${block}${table}| often | next |\n`), 'f:17'],
    ['an expectation that is none', text(front, `${block}Expect: it works\n`), 'f:15'],
    ['an answer where nothing was asked', text(front, `${table}| else | next |\n`), 'f:13'],
  ])('names file and place when there is %s', (_name, broken, where) => {
    expect(() => parseRunbook(broken, 'f')).toThrow(expect.objectContaining({ code: 'invalid-data', where }));
  });
});

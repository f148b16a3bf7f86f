import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { levelsWithSlos, sloCatalogue } from './catalogue.ts';
import { clocks } from './clock.ts';
import { isAlert, ruleFileSchema } from './generate/rule-file.ts';
import { finishRules, generateSlaPage, generateSpecs, staleFiles, writeFiles } from './generate.ts';
import { generatedFolder, generatedRulesFile, generatedSlaFile } from './generated.ts';
import { slaRules } from './sla/sla-rules.ts';

it('the committed specs are what the objectives say', async () => {
  expect(generateSpecs().length).toBeGreaterThan(2);
  expect(await staleFiles(generateSpecs())).toEqual([]);
});

it("the agreement's tables are what the SLOs say", async () => {
  expect(await staleFiles([await generateSlaPage()])).toEqual([]);
});

it('a file written anew is whole at every moment for who reads it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-slo-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'rules', 'level-1.yaml');
  await writeFiles([{ path, text: 'the old rules' }]);
  const reader = await open(path);
  onTestFinished(() => reader.close());

  await writeFiles([{ path, text: 'new' }]);

  expect(await reader.readFile('utf8')).toBe('the old rules');
  expect(await readFile(path, 'utf8')).toBe('new');
});

const cells = levelsWithSlos().flatMap((level) => clocks.map((clock) => [level, clock] as const));

describe.each(cells)('the committed rules of level %i, %s', (level, clock) => {
  const text = readFileSync(generatedRulesFile(level, clock), 'utf8');
  const alerts = ruleFileSchema.parse(parse(text)).groups.flatMap((group) => group.rules.filter(isAlert));

  it('are the finished form of the untouched output beside them', () => {
    expect(finishRules(readFileSync(join(generatedFolder(level, clock), 'sloth.yaml'), 'utf8'), clock)).toBe(
      text,
    );
  });

  it("have the SLAs' rules beside them, where there is an SLA", () => {
    const path = generatedSlaFile(level, clock);
    const committed = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    expect(committed).toBe(slaRules(level, clock));
    expect(committed !== undefined).toBe(level > 1);
  });

  it('have a page and a ticket for each SLO, each with all its labels', () => {
    const expected = sloCatalogue(level).flatMap((slo) =>
      ['page', 'ticket'].map((severity) => [slo.alert, severity]),
    );
    expect(alerts.map((alert) => [alert.alert, alert.labels?.['severity']])).toEqual(expected);
    for (const alert of alerts) {
      expect(alert.labels).toMatchObject({ service: `shop-l${level}`, level: String(level) });
      expect(alert.labels?.['sloth_severity']).toBe(alert.labels?.['severity']);
      expect(alert.annotations).toMatchObject({
        runbook_url: `runbooks/${alert.alert}.md`,
        dashboard: 'slo-overview',
      });
      expect(alert.keep_firing_for).toBe(clock === 'drill' ? '10s' : undefined);
    }
  });

  it("take the period's ratio from events and not from a mean of ratios", () => {
    const period = clock === 'drill' ? '12h' : '30d';
    const rules = ruleFileSchema.parse(parse(text)).groups.flatMap((group) => group.rules);
    const ratio = rules.find((rule) => !isAlert(rule) && rule.record === `slo:sli_error:ratio_rate${period}`);
    expect(ratio?.expr).toContain(`[${period}]`);
    expect(ratio?.expr).not.toContain('sum_over_time');
  });
});

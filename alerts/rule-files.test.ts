import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { handWrittenRuleFiles, prometheusRuleFiles } from './rule-files.ts';

describe('the rule files of a level', () => {
  it("are absolute, the SLOs' first, and there", () => {
    for (const clock of ['drill', 'production'] as const) {
      const files = prometheusRuleFiles(1, clock);
      expect(files[0]).toContain(`generated/level-1/${clock}/rules.yaml`);
      expect(files.length).toBe(1 + handWrittenRuleFiles().length);
      for (const file of files) {
        expect(isAbsolute(file)).toBe(true);
        expect(parse(readFileSync(file, 'utf8')).groups.length).toBeGreaterThan(0);
      }
    }
  });

  it('name each group once, over all files', () => {
    const names = prometheusRuleFiles(1, 'drill').flatMap((file) =>
      (parse(readFileSync(file, 'utf8')).groups as { name: string }[]).map((group) => group.name),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

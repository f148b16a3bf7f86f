import { provision } from '@firedrill/provision';
import { expect, it } from 'vitest';
import { $ } from 'zx';
import { levelsWithSlos } from '../catalogue.ts';
import { clocks } from '../clock.ts';
import { generateRules, staleFiles } from '../generate.ts';
import { generatedFolder } from '../generated.ts';

it('is committed as Sloth makes it', async () => {
  expect(await staleFiles(await generateRules())).toEqual([]);
});

it.each(levelsWithSlos().flatMap((level) => clocks.map((clock) => [level, clock] as const)))(
  'level %i %s: promtool finds the rules right',
  async (level, clock) => {
    const promtool = (await provision(['prometheus'])).get('prometheus')!.bin('promtool');
    const rules = await $({
      cwd: generatedFolder(level, clock),
      quiet: true,
      nothrow: true,
    })`${promtool} check rules --lint=all --lint-fatal rules.yaml`;
    expect(`${rules}`).toContain('68 rules found');
    expect(rules.exitCode).toBe(0);
  },
);

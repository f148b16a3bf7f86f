import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { provision } from '@firedrill/provision';
import { levels } from '@firedrill/topology';
import { expect, it } from 'vitest';
import { $ } from 'zx';
import { handWrittenRuleFiles, prometheusRuleFiles } from './rule-files.ts';

const promtool = async (): Promise<string> =>
  (await provision(['prometheus'])).get('prometheus')!.bin('promtool');

const folder = join(import.meta.dirname, 'rules-tests');
const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.test.yaml'),
);

it.each(tests)('%s: the rules fire and do not fire as it says', async (test) => {
  const path = join(folder, test);
  const result = await $({
    cwd: dirname(path),
    quiet: true,
    nothrow: true,
  })`${await promtool()} test rules ${basename(path)}`;
  expect(result.exitCode, `${result}`).toBe(0);
  expect(`${result}`).toContain('SUCCESS');
});

it('promtool finds nothing to say about the hand-written rules', async () => {
  const files = [...handWrittenRuleFiles(levels.at(-1)!.number)];
  const result = await $({
    quiet: true,
    nothrow: true,
  })`${await promtool()} check rules --lint=all --lint-fatal ${files}`;
  expect(result.exitCode, `${result}`).toBe(0);
});

it('promtool finds nothing to say about the SLAs of any level', async () => {
  const files = levels.flatMap(({ number }) =>
    (['drill', 'production'] as const).flatMap((clock) =>
      prometheusRuleFiles(number, clock).filter((file) => basename(file) === 'sla.yaml'),
    ),
  );
  expect(files.length).toBeGreaterThan(2);
  const result = await $({
    quiet: true,
    nothrow: true,
  })`${await promtool()} check rules --lint=all --lint-fatal ${files}`;
  expect(result.exitCode, `${result}`).toBe(0);
});

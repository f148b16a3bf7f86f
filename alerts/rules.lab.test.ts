import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { expect, it } from 'vitest';
import { $ } from 'zx';
import { handWrittenRuleFiles } from './rule-files.ts';

const promtool = async (): Promise<string> =>
  (await provision(['prometheus'])).get('prometheus')!.bin('promtool');

it('the hand-written rules fire and do not fire as their tests say', async () => {
  const cwd = join(import.meta.dirname, 'rules-tests');
  const result = await $({
    cwd,
    quiet: true,
    nothrow: true,
  })`${await promtool()} test rules hand-written.test.yaml`;
  expect(`${result}`).toContain('SUCCESS');
  expect(result.exitCode).toBe(0);
});

it('promtool finds nothing to say about the hand-written rules', async () => {
  const files = [...handWrittenRuleFiles()];
  const result = await $({
    quiet: true,
    nothrow: true,
  })`${await promtool()} check rules --lint=all --lint-fatal ${files}`;
  expect(result.exitCode, `${result}`).toBe(0);
});

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './root.ts';

const page = readFileSync(join(root, 'docs/experiments.md'), 'utf8');
const commands = [...page.matchAll(/^pnpm chaos (.+ --dry-run)$/gm)].map((found) => found[1] ?? '');

test('the page has commands to try', () => expect(commands.length).toBeGreaterThan(3));

test.each(commands)('pnpm chaos %s starts nothing and says what would be done', (words) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/chaos.mjs'), ...words.split(' ')],
    { encoding: 'utf8', cwd: root, env: { ...process.env, INIT_CWD: root } },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/abort above \d+ bad answers|key [a-z]+-[0-9a-f]{8}/);
});

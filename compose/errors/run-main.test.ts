import { parseArgs } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runMain } from './run-main.ts';

it('a misspelt option is one line and exit code 64, not a stack', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const before = process.exitCode;
  onTestFinished(() => {
    said.mockRestore();
    process.exitCode = before;
  });
  await runMain(async () => {
    parseArgs({ args: ['--sede', '3'], options: { seed: { type: 'string' } } });
    return 0;
  });
  const words = said.mock.calls.map(([text]) => text).join('');
  expect(process.exitCode).toBe(64);
  expect(words).toMatch(/^firedrill: Unknown option '--sede': [^\n]+ \[usage\]\n$/);
});

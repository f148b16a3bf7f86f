import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

const module = JSON.stringify(join(import.meta.dirname, 'launchers.ts'));
const say = `const { launchersOf } = await import(${module}); console.log(JSON.stringify(launchersOf().map((one) => one.pid))); setInterval(() => {}, 1000);`;

test('the launchers are all processes up to the outermost npx or pnpm, and none above', async () => {
  // A process whose command line says pnpm, with a shell in between as package managers have it.
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-launcher-'));
  const pnpm = join(folder, 'pnpm');
  symlinkSync('/bin/sh', pnpm);
  const inner = `${JSON.stringify(process.execPath)} --input-type=module -e '${say}' & wait`;
  const outer = spawn(pnpm, ['-c', `/bin/sh -c '${inner.replaceAll("'", "'\\''")}' & wait`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  onTestFinished(() => {
    process.kill(-(outer.pid ?? 0), 'SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: outer.stdout }).once('line', resolve),
  );
  const pids = JSON.parse(line) as number[];
  expect(pids.at(0)).not.toBe(outer.pid);
  expect(pids).toContain(outer.pid);
  // What stands above (this test's own runner may itself have been started by pnpm) is only there when that is a launcher.
  expect(pids.indexOf(outer.pid ?? -1)).toBe(1);
});

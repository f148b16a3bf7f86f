import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWhole, labLockHeld } from '@firedrill/lab/control';
import { sharedLab } from '@firedrill/lab/testing';
import { expect, onTestFinished, test } from 'vitest';
import { watchStandstill } from './testing/standstill.ts';
import { until } from './testing/started-run.ts';

test('a runner that slept through its lease is refused when it goes on', async () => {
  const { state, control } = await sharedLab(1);
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-lease-'));
  const main = join(import.meta.dirname, 'testing', 'stubborn-runner.ts');
  const runner = spawn(process.execPath, [main, state.home, join(folder, 'guardian.jsonl')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    runner.kill('SIGKILL');
    await until('the guardian lets go', () => !labLockHeld(state.home), 60_000);
    rmSync(folder, { recursive: true });
  });
  let said = '';
  runner.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const toxics = async () => (await control.read()).edges.flatMap((edge) => edge.toxics);

  await until('two effects are in', () => said.split('applied').length > 2, 60_000);
  runner.kill('SIGSTOP');
  const standstill = watchStandstill();
  // An edge that Toxiproxy does not tell of within a second has no toxics to be seen.
  const tookMs = await until('healed', async () => isWhole(await control.read()), 60_000);
  expect(tookMs - standstill.stop()).toBeLessThan(5000);
  const before = said.length;
  runner.kill('SIGCONT');
  await until('it is told', () => said.slice(before).includes('refused (halted)'), 60_000);
  await until('it tries again', () => said.split('refused (halted)').length > 3, 60_000);
  expect(await toxics()).toEqual([]);
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { provisionWithProgress } from '@firedrill/provision';
import { $ } from 'zx';
import { specFile } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import { alertWindows, windowsFolder } from '../windows.ts';

/**
 * By default Sloth takes the period's ratio as the mean of short ratios: unweighted, so a quiet hour counts like a busy
 * one, and one idle moment (0/0) makes all of it NaN. Switched off, it is errors ÷ events over the period.
 */
const exactPeriodPlugin = JSON.stringify({
  id: 'sloth.dev/core/sli_rules/v1',
  priority: 50,
  config: { disableOptimized: true },
});

/** The rules as Sloth itself writes them. @throws {FiredrillError} `invalid-data` with Sloth's own words. */
export async function runSloth(level: number, clock: Clock): Promise<string> {
  const sloth = (await provisionWithProgress(['sloth'])).get('sloth')!;
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-sloth-'));
  try {
    const output = join(folder, 'rules.yaml');
    const flags = [
      ['-i', join(import.meta.dirname, '..', specFile(level))],
      ['-o', output],
      ['--slo-period-windows-path', windowsFolder(clock)],
      ['--default-slo-period', slothPeriod(clock)],
      ['-s', exactPeriodPlugin],
    ].flat();
    const result = await $({
      nothrow: true,
      quiet: true,
    })`${sloth.bin('sloth')} generate --no-color ${flags}`;
    if (result.exitCode !== 0) {
      const lines = `${result.stderr}`.trim().split('\n');
      throw new FiredrillError('invalid-data', `Sloth refused it: ${lines.at(-1) ?? 'without a word'}`, {
        where: `slo/${specFile(level)}`,
      });
    }
    return await readFile(output, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The period as Sloth spells it: `12h`, `30d`. */
export function slothPeriod(clock: Clock): string {
  return formatDuration(alertWindows(clock).periodSeconds);
}

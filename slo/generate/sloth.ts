import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import { alertWindows, windowsFolder } from '../windows.ts';
import { type SlothOrigin, slothCommand, slothFiles } from './sloth-command.ts';

/** The rules of a spec as Sloth itself writes them. @throws {FiredrillError} `invalid-data` with Sloth's own words. */
export async function runSloth(origin: SlothOrigin, specPath: string, clock: Clock): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-sloth-'));
  try {
    await cp(specPath, join(folder, slothFiles.spec));
    await cp(windowsFolder(clock), join(folder, slothFiles.windows), { recursive: true });
    const [program, ...words] = slothCommand(origin, { folder, period: slothPeriod(clock) });
    const result = await $({ nothrow: true, quiet: true })`${program} ${words}`;
    if (result.exitCode !== 0) {
      const lines = `${result.stderr}`.trim().split('\n');
      throw new FiredrillError('invalid-data', `Sloth refused it: ${lines.at(-1) ?? 'without a word'}`, {
        where: specPath,
      });
    }
    return await readFile(join(folder, slothFiles.output), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The period as Sloth spells it: `12h`, `30d`. */
export function slothPeriod(clock: Clock): string {
  return formatDuration(alertWindows(clock).periodSeconds);
}

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import { alertWindows, windowsFolder } from '../windows.ts';
import { type SlothOrigin, slothCommand, slothFiles } from './sloth-command.ts';

/** `docker run` ends with these when it is docker that failed, and not what it was to run. */
const dockersOwnExits = [125, 126, 127];

/**
 * The rules of a spec as Sloth itself writes them.
 * @throws {FiredrillError} `invalid-data` with Sloth's own words, `component-unavailable` when its image cannot be had.
 */
export async function runSloth(origin: SlothOrigin, specPath: string, clock: Clock): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-sloth-'));
  try {
    await cp(specPath, join(folder, slothFiles.spec));
    await cp(windowsFolder(clock), join(folder, slothFiles.windows), { recursive: true });
    const [program, ...words] = slothCommand(origin, { folder, period: slothPeriod(clock) });
    const result = await $({ nothrow: true, quiet: true })`${program} ${words}`;
    if (result.exitCode === 0) return await readFile(join(folder, slothFiles.output), 'utf8');
    const lines = `${result.stderr}`.trim().split('\n');
    if (origin.kind === 'docker' && dockersOwnExits.includes(result.exitCode ?? 127)) {
      const said = lines.findLast((line) => line.startsWith('docker: ')) ?? lines.at(-1) ?? '';
      throw new FiredrillError(
        'component-unavailable',
        `docker could not run it: ${said.replace('docker: ', '')}`,
        {
          where: origin.image,
          fix: 'let Docker pull the image, or take --runtime native',
        },
      );
    }
    throw new FiredrillError('invalid-data', `Sloth refused it: ${lines.at(-1) ?? 'without a word'}`, {
      where: specPath,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The period as Sloth spells it: `12h`, `30d`. */
export function slothPeriod(clock: Clock): string {
  return formatDuration(alertWindows(clock).periodSeconds);
}

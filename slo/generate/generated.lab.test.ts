import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { provision } from '@firedrill/provision';
import { expect, it } from 'vitest';
import { $ } from 'zx';
import { levelsWithSlos, sloCatalogue, specFile } from '../catalogue.ts';
import { clocks } from '../clock.ts';
import { generateRules, staleFiles } from '../generate.ts';
import { generatedFolder } from '../generated.ts';
import { runSloth } from './sloth.ts';
import { findSloth } from './sloth-origin.ts';

it('is committed as Sloth makes it', async () => {
  expect(await staleFiles(await generateRules())).toEqual([]);
});

/** There, or pulled. One that is there and cannot run is a fault, and not for want of it. */
async function hasImage(image: string): Promise<boolean> {
  const docker = $({ quiet: true, nothrow: true });
  if ((await docker`docker image inspect ${image}`).exitCode === 0) return true;
  return (await docker`docker pull --quiet ${image}`).exitCode === 0;
}

it("Sloth's Docker image makes the same", async ({ skip }) => {
  const spec = join(import.meta.dirname, '..', specFile(1));
  const origin = await findSloth('docker').catch((error: unknown) => {
    if (!(error instanceof FiredrillError) || error.code !== 'component-unavailable') throw error;
    return skip(error.message);
  });
  if (origin.kind !== 'docker') expect.fail('not the image');
  skip(!(await hasImage(origin.image)), `${origin.image} cannot be pulled`);
  expect(await runSloth(origin, spec, 'drill')).toBe(
    await runSloth(await findSloth('native'), spec, 'drill'),
  );
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
    // 7 windows and the period, 7 of metadata, page and ticket.
    expect(`${rules}`).toContain(`${17 * sloCatalogue(level).length} rules found`);
    expect(rules.exitCode).toBe(0);
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelByNumber } from '@firedrill/topology';
import { clientScrapeSeconds } from '../cadence.ts';
import { levelsWithSlos, parseSpec, specFile } from '../catalogue.ts';
import { clocks } from '../clock.ts';
import { alertWindows, windowsFile } from '../windows.ts';
import type { Finding } from './finding.ts';
import { lintSpec } from './lint-spec.ts';
import { lintWindows } from './lint-windows.ts';

/** Lints the committed specs and windows. @throws {FiredrillError} `invalid-data` for a file that cannot be read as such. */
export function lintCommitted(levels: readonly number[] = levelsWithSlos()): readonly Finding[] {
  const windows = { drill: alertWindows('drill'), production: alertWindows('production') };
  const ofWindows = clocks.flatMap((clock) =>
    lintWindows({
      file: `slo/${windowsFile(clock)}`,
      clock,
      windows: windows[clock],
      production: windows.production,
      scrapeSeconds: clientScrapeSeconds[clock],
    }),
  );
  const ofSpecs = levels.flatMap((number) => {
    const file = `slo/${specFile(number)}`;
    const spec = parseSpec(readFileSync(join(import.meta.dirname, '..', specFile(number)), 'utf8'), file);
    return lintSpec({ file, spec, level: levelByNumber(number), windows });
  });
  return [...ofWindows, ...ofSpecs];
}

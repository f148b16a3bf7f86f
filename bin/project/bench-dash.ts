import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { amongUsers } from '@firedrill/chaos/bench';
import { measureDash, requireBrowser } from '@firedrill/dashboards/bench';
import { runMain } from '@firedrill/errors';
import { labDown, labUpWithProgress, oncallFolder, topologyOf } from '@firedrill/lab';
import { countOf } from './count-of.ts';
import { atMost, dashName, dashResultSchema, isAsPromised, mediansOf } from './dash-result.ts';
import { dashTable } from './dash-table.ts';
import { labsGoWith } from './labs-go-with.ts';
import { writeResult } from './write-result.ts';

const level = 1;

async function measure(rounds: number, chromium: string, runs: string): Promise<object> {
  const { state: lab } = await labUpWithProgress({ level, clock: 'drill' });
  const onVisit = (visit: object): void => void process.stderr.write(`${JSON.stringify(visit)}\n`);
  const measured = await amongUsers(lab, () => measureDash({ level, runs, rounds, chromium, onVisit }));
  return { level, rps: topologyOf(lab).labRps, atMost, medians: mediansOf(measured.visits), ...measured };
}

/**
 * `pnpm bench dash [rounds 5]`: how soon a new page of `pnpm dash` has its first view, how old what it shows gets, and how large it is,
 * beside a lab with its users → docs/results. Exits 1 where a median or the size is over the promise, 69 where there is no Chromium.
 */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 5, 'rounds');
  const chromium = requireBrowser();
  const runs = mkdtempSync(join(tmpdir(), 'firedrill-dash-'));
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  labsGoWith([level]);
  try {
    const path = await writeResult(dashName, await measure(rounds, chromium, runs));
    const result = dashResultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    process.stdout.write(`${dashTable(basename(path), result, 'docs/results')}\n`);
    return isAsPromised(result) ? 0 : 1;
  } finally {
    await labDown({ level });
    rmSync(oncallFolder(), { recursive: true, force: true });
    rmSync(runs, { recursive: true, force: true });
  }
});

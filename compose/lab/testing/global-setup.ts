import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { allLabs } from '../all-labs.ts';
import { thisCheckout } from '../control/lab-home.ts';
import { processEntry } from '../control/process-table.ts';
import { runnerOf } from '../control/runner-of.ts';
import { oncallFolder } from '../oncall-folder.ts';

const scopeOf = (pid: number): string => `test-${pid}`;
const scopePattern = /^test-(\d+)/;

/**
 * Gives this run of the lab project a scope of its own, so that two runs never meet, and takes its labs down at its
 * end. Labs of runs that were killed are removed first.
 */
export default async function setup(): Promise<() => Promise<void>> {
  process.env.FIREDRILL_LAB_SCOPE = scopeOf(process.pid);
  await stopLabsOf((pid) => processEntry(pid) === undefined);
  return () => stopLabsOf((pid) => pid === process.pid);
}

async function stopLabsOf(isMeant: (pid: number) => boolean): Promise<void> {
  for (const lab of allLabs()) {
    const pid = scopePattern.exec(lab.scope)?.[1];
    if (lab.checkout === thisCheckout && pid !== undefined && isMeant(Number(pid)))
      await runnerOf(lab).stopLab();
  }
  // What a lab leaves on purpose, a test's must not.
  const folders = dirname(oncallFolder());
  for (const name of await readdir(folders).catch(() => [])) {
    const pid = scopePattern.exec(name.replace(/^(oncall|drills)-/, ''))?.[1];
    if (pid !== undefined && isMeant(Number(pid))) await rm(join(folders, name), { recursive: true });
  }
}

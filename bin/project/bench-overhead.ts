import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEvent } from '@firedrill/chaos';
import { cellName, parseCell, runCell } from '@firedrill/chaos/suite';
import { FiredrillError, runMain } from '@firedrill/errors';
import { median } from '@firedrill/slo';
import { countOf } from './count-of.ts';
import { whereTimeWent } from './overhead.ts';
import type { OverheadRun } from './overhead-result.ts';
import { root } from './root.ts';
import { writeResult } from './write-result.ts';

const cell = parseCell('partition-primary@1');
const atMost = 3;

const linesOf = (path: string): readonly unknown[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

async function measure(seed: number, out: string): Promise<OverheadRun> {
  const startedMs = Date.now();
  const { verdict, problem } = await runCell({ ...cell, seed }, { out, base: root });
  const endedMs = Date.now();
  if (verdict === undefined) throw new FiredrillError('internal', `no verdict: ${problem}`);
  const folder = join(out, readdirSync(out).find((name) => name === verdict.run) ?? '');
  const ledger = linesOf(join(folder, 'ledger.jsonl')) as { type: string; at: number; retryOf?: number }[];
  const sent = ledger.filter(({ type, retryOf }) => type === 'invoke' && retryOf === undefined);
  return whereTimeWent({
    cell: cellName({ ...cell, seed }),
    events: linesOf(join(folder, 'journal.jsonl')) as JournalEvent[],
    guardian: linesOf(join(folder, 'guardian.jsonl')) as { at: string; what: string }[],
    lastSentMs: sent.reduce((last, { at }) => Math.max(last, at), 0),
    startedMs,
    endedMs,
  });
}

/**
 * `pnpm bench overhead [runs 3]`: what a run of partition-primary takes beside its lab's start and its own timeline → docs/results.
 * Exits 1 where the median is over 3 s.
 */
await runMain(async () => {
  const count = countOf(process.argv[2], 3, 'runs');
  const out = mkdtempSync(join(tmpdir(), 'firedrill-overhead-'));
  try {
    const runs: OverheadRun[] = [];
    for (let seed = 1; seed <= count; seed += 1) {
      const run = await measure(seed, out);
      process.stderr.write(`${JSON.stringify(run)}\n`);
      runs.push(run);
    }
    const path = await writeResult('overhead', { atMost, runs });
    const middle = median(runs.map(({ overhead }) => overhead)) ?? Number.NaN;
    process.stdout.write(`median ${middle} s beside its own timeline (at most ${atMost}); ${path}\n`);
    return middle <= atMost ? 0 : 1;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cellName, parseCell } from '@firedrill/chaos/suite';
import { FiredrillError, runMain } from '@firedrill/errors';
import { type Incident, Pager } from '@firedrill/incidents';
import { labDown, labUpWithProgress, oncallFolder } from '@firedrill/lab';
import { countOf } from './count-of.ts';
import {
  atMost,
  incidentReportName,
  incidentReportSchema,
  isSoonEnough,
  type MadeReport,
  mediansOf,
  origins,
} from './incident-report-result.ts';
import { incidentReportTable } from './incident-report-table.ts';
import { labsGoWith } from './labs-go-with.ts';
import { root } from './root.ts';
import { verdictOf } from './run-cell.ts';
import { writeResult } from './write-result.ts';

const cell = parseCell('partition-primary@1');
/** Nobody has it, so it is over when its pages are: on a busy machine after the run, ms. */
const overWithinMs = 180_000;

const isExpected = ({ severity, alert }: Incident['alerts'][number]): boolean =>
  severity === 'page' && alert === 'CheckoutAvailability';

async function incidentThatIsOver(): Promise<string> {
  const pager = Pager.open(oncallFolder());
  try {
    const until = performance.now() + overWithinMs;
    while (performance.now() < until) {
      pager.refresh();
      const found = pager
        .incidents()
        .find(({ status, alerts }) => status === 'resolved' && alerts.some(isExpected));
      if (found !== undefined) return found.id;
      await pause(500);
    }
  } finally {
    pager.close();
  }
  throw new FiredrillError('internal', 'no page came, or it did not end');
}

interface Asked {
  /** That it must say that it is made from. */
  readonly run: string | null;
  /** The folder in which it looks for it. */
  readonly runs: string;
}

/** The whole of `pnpm incident report <id>`, but for pnpm's own start. */
async function make(id: string, from: MadeReport['from'], asked: Asked, out: string): Promise<MadeReport> {
  const words = ['report', id, '--runs', asked.runs, '--out', out, '--json'];
  const startedMs = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/incident.mjs', ...words], {
    cwd: root,
  });
  const seconds = Math.round((performance.now() - startedMs) / 10) / 100;
  const { run, missing } = JSON.parse(stdout) as { run: string | null; missing: readonly string[] };
  if (run !== asked.run) throw new FiredrillError('internal', `made from ${run}, and not from ${asked.run}`);
  return { from, seconds, missing: missing.length };
}

async function measure(rounds: number, folder: string): Promise<object> {
  const [runs, none] = ['runs', 'no-runs'].map((name) => join(folder, name)) as [string, string];
  for (const path of [runs, none]) mkdirSync(path);
  await labUpWithProgress({ level: cell.level, clock: 'drill' });
  const { run, verdict } = await verdictOf(cell, runs);
  const id = await incidentThatIsOver();
  const asked = { run: { run, runs }, lab: { run: null, runs: none } };
  const made: MadeReport[] = [];
  // Interleaved: whatever else the machine does falls on both alike.
  for (let round = 1; round <= rounds; round += 1) {
    for (const from of origins) {
      const one = await make(id, from, asked[from], join(folder, `${from}-${round}`));
      process.stderr.write(`${JSON.stringify(one)}\n`);
      made.push(one);
    }
  }
  return { cell: cellName(cell), verdict, atMost, medians: mediansOf(made), made };
}

/**
 * `pnpm bench incident-report [reports 5]`: how long the report of an incident takes, from the run that caused it and, as if none had,
 * from its lab → docs/results. Exits 1 where a median is over 5 s.
 */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 5, 'reports');
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-incident-report-'));
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  labsGoWith([cell.level]);
  try {
    const path = await writeResult(incidentReportName, await measure(rounds, folder));
    const result = incidentReportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    process.stdout.write(`${incidentReportTable(basename(path), result, 'docs/results')}\n`);
    return isSoonEnough(result.made) ? 0 : 1;
  } finally {
    await labDown({ level: cell.level });
    rmSync(oncallFolder(), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
});

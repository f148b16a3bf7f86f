import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Verdict } from '@firedrill/chaos';
import { FiredrillError, runMain } from '@firedrill/errors';
import { labDown, labUpWithProgress } from '@firedrill/lab';
import { columns } from '@firedrill/slo';
import { $ } from 'zx';
import { type AbortRun, abortFigures } from './abort-result.ts';
import { countOf } from './count-of.ts';
import { root } from './root.ts';
import { writeResult } from './write-result.ts';

const experiment = 'chaos/engine/testing/aborting.ts';
/** By a guard of the plan, or from outside once the fault is in. */
const causes = ['budget', 'alert', 'query', 'interrupt', 'halt'] as const;
type Cause = (typeof causes)[number];
/** The promise of every heal. */
const mostMs = 5000;

async function abortedRun(by: Cause, folder: string, scope: NodeJS.ProcessEnv): Promise<AbortRun> {
  const out = join(folder, 'runs');
  mkdirSync(out, { recursive: true });
  const variant = by === 'interrupt' || by === 'halt' ? [] : ['--variant', by];
  const child = spawn(process.execPath, ['bin/chaos.mjs', experiment, ...variant, '--out', out], {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, ...scope },
  });
  const exit = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 70)));
  const home = (): string => join(out, readdirSync(out)[0] ?? '');
  if (variant.length === 0) {
    await faultIsIn(() => join(home(), 'journal.jsonl'), exit);
    if (by === 'interrupt') child.kill('SIGINT');
    else
      await $({
        cwd: root,
        quiet: true,
        env: { ...process.env, ...scope },
      })`${process.execPath} bin/chaos.mjs halt ${'bench'}`;
  }
  const exitCode = await exit;
  if (by === 'halt')
    await $({
      cwd: root,
      quiet: true,
      env: { ...process.env, ...scope },
    })`${process.execPath} bin/chaos.mjs resume`;
  const path = join(home(), 'verdict.json');
  const verdict = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Verdict) : undefined;
  const evidence = existsSync(join(home(), 'evidence', 'audit.json'));
  rmSync(out, { recursive: true });
  return { by, toHealedMs: verdict?.abort?.toHealedMs ?? null, exitCode, evidence };
}

async function faultIsIn(journal: () => string, exit: Promise<number>): Promise<void> {
  let ended = false;
  void exit.then(() => {
    ended = true;
  });
  for (;;) {
    if (existsSync(journal()) && readFileSync(journal(), 'utf8').split('"type":"applied"').length === 3)
      return;
    if (ended) throw new FiredrillError('internal', 'the run ended before its fault was in');
    await pause(100);
  }
}

/**
 * `pnpm bench abort [rounds 20]`: runs that are stopped by a budget, an alert, a query, Ctrl-C and `pnpm chaos halt`, on one lab: how
 * long until all is healed → docs/results. Exits 1 unless each was aborted, kept its evidence and was healed within 5 s.
 */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 20, 'rounds');
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-abort-'));
  // Its lab and its halt are its own: whatever else this user runs goes on.
  const scope = { FIREDRILL_LAB_SCOPE: `abort-${process.pid}`, XDG_STATE_HOME: folder };
  Object.assign(process.env, scope);
  const runs: AbortRun[] = [];
  let path = '';
  try {
    await labUpWithProgress({ level: 1, clock: 'drill' });
    for (let round = 1; round <= rounds; round += 1) {
      for (const by of causes) {
        const run = await abortedRun(by, folder, scope);
        process.stderr.write(`round ${round} of ${rounds}: ${JSON.stringify(run)}\n`);
        runs.push(run);
        path = await writeResult('abort', { runs });
      }
    }
  } finally {
    await labDown({ level: 1 });
    rmSync(folder, { recursive: true, force: true });
  }
  const rows = [...abortFigures(runs)].map(([by, { runs: count, p50Ms, p99Ms, worstMs }]) =>
    [by, count, p50Ms, p99Ms, worstMs].map(String),
  );
  const table = columns([['stopped by', 'runs', 'p50 ms', 'p99 ms', 'worst ms'], ...rows]);
  process.stdout.write(`${table.join('\n')}\n${path}\n`);
  const isGood = ({ toHealedMs, exitCode, evidence }: AbortRun): boolean =>
    toHealedMs !== null && toHealedMs <= mostMs && exitCode === 3 && evidence;
  return runs.every(isGood) ? 0 : 1;
});

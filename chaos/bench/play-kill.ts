import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Control, isWhole, labLockHeld, thisCheckout } from '@firedrill/lab/control';
import { watchStandstill } from '../guardian/testing/standstill.ts';
import { quickDrop, type StartedRun, startRun, throughNpx, until } from '../guardian/testing/started-run.ts';
import type { KillPoint, Victim } from './kill-points.ts';
import type { PlayedKill } from './kill-result.ts';

/** Start-up of npx, pnpm, node, the first scrape and the control phase, on a busy machine. */
const beginsWithinMs = 180_000;
/** Whole for so long, and nothing is under way: it stays so. */
const quietMs = 1500;
const patienceMs = 60_000;
const lookEveryMs = 25;

/**
 * Starts a run on a lab that is up, kills at its moment, and watches the lab until it is whole for good.
 * @param onStandstill is told for how much of that the machine stood still, ms.
 */
export async function playKill(
  home: string,
  control: Control,
  point: KillPoint,
  onStandstill: (ms: number) => void = () => {},
): Promise<PlayedKill> {
  const { victim, variant, from, momentMs } = point;
  const words = [quickDrop, ...(variant === undefined ? [] : ['--variant', variant])];
  const isLauncher = victim === 'npx' || victim === 'pnpm' || victim === 'group';
  const run = startRun(words, isLauncher ? { command: throughNpx } : {});
  let heal: ChildProcess | undefined;
  try {
    await beginning(run, from);
    await sleep(momentMs);
    const effects = run.applied();
    kill(victim, run, home, control);
    const killedAt = performance.now();
    const standstill = watchStandstill();
    // Nobody is left who would: the next command does.
    if (victim === 'both') {
      heal = spawn(process.execPath, [join(thisCheckout, 'bin', 'chaos.mjs'), 'heal'], { stdio: 'ignore' });
    }
    const healedMs = await wholeForGood(control, killedAt).finally(() => onStandstill(standstill.stop()));
    return { ...point, effects, healedMs: Math.round(healedMs) };
  } finally {
    run.close();
    if (heal?.exitCode === null) await new Promise((resolve) => heal?.once('exit', resolve));
    await until('the guardian lets go', () => !labLockHeld(home), patienceMs);
    await control.healAll();
  }
}

/** Waits until the run's journal tells of its first request, or of its first intent. */
function beginning(run: StartedRun, from: KillPoint['from']): Promise<number> {
  const told = from === 'load' ? '"type":"load-started"' : '"type":"intent"';
  return until(
    `the run writes ${told}`,
    () => {
      if (run.first.exitCode !== null) throw new Error(`the run ended: ${run.output()}`);
      const journal = join(run.folder() ?? '', 'journal.jsonl');
      return existsSync(journal) && readFileSync(journal, 'utf8').includes(told);
    },
    beginsWithinMs,
  );
}

function kill(victim: Victim, run: StartedRun, home: string, control: Control): void {
  const killed = (pid: number): boolean => process.kill(pid, 'SIGKILL');
  const carrier = (name: string): number => control.carriers().find((one) => one.name === name)?.pid ?? 0;
  switch (victim) {
    case 'npx':
      return void killed(run.first.pid);
    case 'pnpm':
      return void killed(pidInGroup(run, /^(\S*node \S*)?pnpm\b/));
    case 'group':
      return void killed(-run.first.pid);
    case 'runner':
      return void killed(run.owner(home).runner.pid);
    case 'guardian':
      return void killed(run.owner(home).guardian.pid);
    case 'both': {
      const { guardian, runner } = run.owner(home);
      killed(guardian.pid);
      return void killed(runner.pid);
    }
    case 'toxiproxy':
      return void killed(carrier('Toxiproxy'));
    case 'process-compose':
      return void killed(carrier('process-compose'));
  }
}

/** The process of a run's group whose command line looks so. */
function pidInGroup(run: StartedRun, pattern: RegExp): number {
  const group = spawnSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' }).stdout.split('\n');
  const line = group.find((one) => {
    const [, pgid, ...args] = one.trim().split(/\s+/);
    return Number(pgid) === run.first.pid && pattern.test(args.join(' '));
  });
  if (line === undefined) throw new Error(`no process like ${pattern} in the group of ${run.first.pid}`);
  return Number(line.trim().split(/\s+/)[0]);
}

/** @returns how long after the kill the lab was last seen broken, ms. */
async function wholeForGood(control: Control, killedAt: number): Promise<number> {
  let brokenAt = killedAt;
  for (;;) {
    // From before the look: what it shows may have changed since.
    const lookedAt = performance.now();
    if (!isWhole(await control.read())) brokenAt = performance.now();
    if (lookedAt - brokenAt > quietMs) return brokenAt - killedAt;
    if (lookedAt - killedAt > patienceMs) throw new Error(`not healed ${patienceMs / 1000} s after the kill`);
    await sleep(lookEveryMs);
  }
}

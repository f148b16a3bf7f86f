import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardianPaths, type Owner, thisCheckout } from '@firedrill/lab/control';

/** A real `chaos` command in a session of its own, as a terminal would start it. For tests. */
export interface StartedRun {
  /** The first process: node, or npx. */
  readonly first: ChildProcess & { readonly pid: number };
  /** What it wrote to stdout and stderr until now. */
  readonly output: () => string;
  readonly stdout: () => string;
  /** `<out>/<run>` once it is there. */
  readonly folder: () => string | undefined;
  /** Who holds the lab at this home. @throws when nobody does. */
  readonly owner: (home: string) => Owner;
  readonly exit: Promise<number | NodeJS.Signals>;
  /** The effects that the guardian reported as applied. */
  readonly applied: () => number;
  /** Kills what is left of it and removes its folder. */
  close(): void;
}

export const quickDrop = join(import.meta.dirname, 'quick-drop.ts');

const direct = [process.execPath, join(thisCheckout, 'bin', 'chaos.mjs')];
export const throughNpx = ['npx', '--yes', 'pnpm@12.21.0', 'chaos'];

export function startRun(
  words: readonly string[],
  options: { readonly command?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): StartedRun {
  const out = mkdtempSync(join(tmpdir(), 'firedrill-runs-'));
  const [program = '', ...front] = options.command ?? direct;
  const first = spawn(program, [...front, ...words, '--out', out], {
    cwd: thisCheckout,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let stdout = '';
  let output = '';
  first.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  first.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const exit = new Promise<number | NodeJS.Signals>((resolve) => {
    first.once('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
  const folder = (): string | undefined => {
    const [run] = existsSync(out) ? readdirSync(out) : [];
    return run === undefined ? undefined : join(out, run);
  };
  return {
    first: first as StartedRun['first'],
    output: () => output,
    stdout: () => stdout,
    folder,
    exit,
    owner: (home) => JSON.parse(readFileSync(guardianPaths(home).owner, 'utf8')) as Owner,
    applied: () => {
      const journal = join(folder() ?? '', 'journal.jsonl');
      return existsSync(journal) ? readFileSync(journal, 'utf8').split('"type":"applied"').length - 1 : 0;
    },
    close() {
      try {
        process.kill(-(first.pid ?? 0), 'SIGKILL');
      } catch {
        // Gone already.
      }
      rmSync(out, { recursive: true, force: true });
    },
  };
}

/** Polls until it holds. @returns the milliseconds it took. @throws when it does not within the time. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<number> {
  const began = performance.now();
  for (;;) {
    if (await holds()) return performance.now() - began;
    if (performance.now() - began > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(25);
  }
}

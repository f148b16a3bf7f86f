import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Env } from './cache-layout.ts';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Env;
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly ok: boolean;
  /** The last lines of output, stdout and stderr as they came. */
  readonly tail: readonly string[];
}

const keptLines = 40;

/** Runs one program to its end. A program that cannot be started is a failure like any other, with the reason as output. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd, env, signal, onLine }: CommandOptions,
): Promise<CommandResult> {
  const tail: string[] = [];
  const keep = (line: string): void => {
    tail.push(line);
    if (tail.length > keptLines) tail.shift();
    onLine?.(line);
  };
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], signal });
  createInterface(child.stdout).on('line', keep);
  createInterface(child.stderr).on('line', keep);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      keep(error.message);
      resolve({ ok: false, tail });
    });
    child.on('close', (code) => resolve({ ok: code === 0, tail }));
  });
}

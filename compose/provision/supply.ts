import { FiredrillError } from '@firedrill/errors';
import type { Env } from './cache-layout.ts';
import { type CommandResult, runCommand } from './command.ts';
import type { Component } from './component.ts';
import { stagingEnv } from './staging.ts';

/** What one way of having a component is given: it fills `out`, works in `folder` and says what it does. */
export interface Job {
  readonly component: Component;
  readonly root: string;
  readonly env: Env;
  /** A private folder that is deleted afterwards. */
  readonly folder: string;
  /** The component's folder to be; `bin/` goes below it. */
  readonly out: string;
  readonly signal: AbortSignal | undefined;
  readonly say: (text: string, fine?: 'fine') => void;
}

/** The error for a component that cannot be had: what failed, the last words of whoever failed, what to do instead. */
export function unavailable(component: Component, reason: string, result?: CommandResult): FiredrillError {
  const said = result === undefined ? '' : `: ${lastWords(result)}`;
  return new FiredrillError(
    'component-unavailable',
    `${component.name} ${component.version} could not be had: ${reason}${said}`,
    {
      where: component.name,
      fix: component.byHand,
    },
  );
}

function lastWords(result: CommandResult): string {
  const lines = result.tail.map((line) => line.trim()).filter(Boolean);
  return lines.length === 0 ? 'it said nothing' : lines.slice(-4).join(' | ').slice(-600);
}

/** Runs a program for a job: in its folder, found by the next run when this one is killed, stopped by its signal. */
export async function runForJob(
  job: Job,
  program: string,
  args: readonly string[],
  options: { readonly env?: Env; readonly cwd?: string; readonly onLine?: (line: string) => void } = {},
): Promise<CommandResult> {
  const result = await runCommand(program, args, {
    cwd: options.cwd ?? job.folder,
    env: { ...job.env, ...stagingEnv(job.folder), ...options.env },
    signal: job.signal,
    ...(options.onLine && { onLine: options.onLine }),
  });
  job.signal?.throwIfAborted();
  return result;
}

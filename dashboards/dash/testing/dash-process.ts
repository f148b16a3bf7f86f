import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { thisCheckout } from '@firedrill/lab/control';

export interface DashProcess {
  readonly url: string;
  readonly port: number;
  stop(): Promise<number | null>;
}

/** A command of this checkout, as a user starts it. */
export const startCommand = (name: string, words: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(thisCheckout, 'bin', `${name}.mjs`), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** `pnpm dash --json` until it has printed its address. */
export async function startDash(words: readonly string[]): Promise<DashProcess> {
  const child = startCommand('dash', [...words, '--json']);
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  const lines = createInterface(child.stdout!);
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    ended.then(() => undefined),
  ]);
  if (line === undefined) throw new Error(`pnpm dash ended: ${said}`);
  const { url, port } = JSON.parse(line) as { url: string; port: number };
  return {
    url,
    port,
    stop: async () => {
      if (child.exitCode === null) child.kill('SIGINT');
      await ended;
      return child.exitCode;
    },
  };
}

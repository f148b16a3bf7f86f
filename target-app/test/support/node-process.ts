import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endWithParent } from './end-with-parent.ts';
import { eventually } from './eventually.ts';

/** A TypeScript program of the shop as a process of its own. */
export interface NodeProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly pid: number;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** Kills it, as a crash does, and waits for its end. */
  kill(): Promise<void>;
}

export interface NodeProcessOptions {
  /** Relative to target-app. */
  readonly entry: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** Also write what it prints here. */
  readonly logFile?: string;
}

/** The processes of a suite load the same files many times. */
const compileCache = fileURLToPath(new URL('../../../node_modules/.cache/node-compile', import.meta.url));
const root = new URL('../../', import.meta.url);

/** Starts it and waits until it is ready, or has ended. */
export async function startNodeProcess(options: NodeProcessOptions): Promise<NodeProcess> {
  const preload = new URL('src/telemetry/preload.ts', root).href;
  const child = spawn(process.execPath, ['--import', preload, fileURLToPath(new URL(options.entry, root))], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithParent(child, 'KILL');
  const text = collectOutput(child, options.logFile);
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const url = `http://127.0.0.1:${options.port}`;
  const ready = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const response = await fetch(`${url}/readyz`);
    if (!response.ok) throw new Error(await response.text());
  };
  await eventually(ready, `${options.entry} to be ready`).catch((cause: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${options.entry} was not ready in time:\n${text()}`, { cause });
  });
  return {
    url,
    pid: child.pid ?? 0,
    exited,
    output: text,
    signal: (signal) => child.kill(signal),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function collectOutput(child: ChildProcess, logFile: string | undefined): () => string {
  let text = '';
  const file = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-200_000);
      file?.write(chunk);
    });
  }
  return () => text;
}

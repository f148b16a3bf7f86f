import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FiredrillError } from '@firedrill/errors';
import {
  type LoadCommand,
  type LoadConfigInput,
  type LoadEvent,
  type LoadProgress,
  type LoadReady,
  type LoadScraped,
  type LoadSettled,
  type LoadStarted,
  type LoadStopped,
  loadConfigSchema,
  loadEventSchema,
  type ToldFault,
} from './protocol.ts';

export interface LoadClientOptions {
  /** The load client's working directory: below the lab's home, so that it is found with the lab's other processes. */
  readonly cwd?: string;
  /** Added to the environment, e.g. `FIREDRILL_LAB`. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface LoadExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * A running load client. Each promise rejects with a FiredrillError that quotes its last words when the process ends first.
 */
export interface LoadClient {
  readonly pid: number;
  /** `/metrics` is served. */
  readonly ready: Promise<LoadReady>;
  /** Prometheus has scraped the series at 0. */
  readonly scraped: Promise<LoadScraped>;
  /** Sends the first arrival as soon as `scraped`. */
  start(): Promise<LoadStarted>;
  /** No more arrivals; resolves when nothing is in flight, at the latest one deadline later. */
  stop(): Promise<LoadStopped>;
  /** Stops if need be, then retries a seeded half of the unknown writes by key. */
  settle(): Promise<LoadSettled>;
  /** All faults that are in now, for the dashboards. */
  tellFaults(faults: readonly ToldFault[]): void;
  /** How soon the first page came, for the dashboards. */
  tellDetection(seconds: number): void;
  /** Finishes the ledger and ends the process. */
  quit(): Promise<LoadExit>;
  /** About once a second. Returns what unsubscribes. */
  onProgress(listener: (progress: LoadProgress) => void): () => void;
  /** SIGKILL to this process, by its own pid. */
  kill(): void;
  readonly exit: Promise<LoadExit>;
}

/** Starts the load client in a process of its own. It ends by itself when this process does: its stdin closes. */
export function startLoadClient(input: LoadConfigInput, options: LoadClientOptions = {}): LoadClient {
  const config = loadConfigSchema.parse(input);
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A session of its own: what kills or interrupts the terminal's group must not cut the load before it is drained.
    detached: true,
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });

  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000);
  });
  // A child that died before it read its stdin: `exit` tells.
  child.stdin.on('error', () => {});
  const send = (value: LoadCommand | typeof config): void => {
    if (child.stdin.writable) child.stdin.write(`${JSON.stringify(value)}\n`);
  };

  const progressListeners = new Set<(progress: LoadProgress) => void>();
  const waiting = new Map<LoadEvent['type'], PromiseWithResolvers<LoadEvent>>();
  const seen = (type: LoadEvent['type']): PromiseWithResolvers<LoadEvent> => {
    const known = waiting.get(type);
    if (known !== undefined) return known;
    const fresh = Promise.withResolvers<LoadEvent>();
    // Whoever awaits it sees the rejection; nobody has to.
    fresh.promise.catch(() => {});
    waiting.set(type, fresh);
    return fresh;
  };
  const next = <T extends LoadEvent>(type: T['type']): Promise<T> => seen(type).promise as Promise<T>;

  const ended = Promise.withResolvers<LoadExit>();
  const fail = (error: FiredrillError): void => {
    for (const type of ['ready', 'scraped', 'started', 'stopped', 'settled'] as const)
      seen(type).reject(error);
  };
  child.once('error', (cause) => {
    fail(new FiredrillError('internal', 'the load client could not be started', { cause }));
    ended.resolve({ code: null, signal: null });
  });
  child.once('close', (code, signal) => {
    const how = signal ?? `exit code ${code}`;
    fail(
      new FiredrillError(
        'internal',
        `the load client ended (${how}): ${lastWords.trim() || 'no last words'}`,
      ),
    );
    ended.resolve({ code, signal });
  });

  createInterface({ input: child.stdout }).on('line', (line) => {
    let event: LoadEvent;
    try {
      event = loadEventSchema.parse(JSON.parse(line));
    } catch (cause) {
      fail(
        new FiredrillError('internal', `the load client said what it must not: ${line.slice(0, 200)}`, {
          cause,
        }),
      );
      child.kill('SIGKILL');
      return;
    }
    if (event.type === 'progress') for (const listener of progressListeners) listener(event);
    else seen(event.type).resolve(event);
  });

  send(config);
  return {
    pid: child.pid ?? -1,
    ready: next<LoadReady>('ready'),
    scraped: next<LoadScraped>('scraped'),
    start: () => {
      send({ cmd: 'start' });
      return next<LoadStarted>('started');
    },
    stop: () => {
      send({ cmd: 'stop' });
      return next<LoadStopped>('stopped');
    },
    settle: () => {
      send({ cmd: 'settle' });
      return next<LoadSettled>('settled');
    },
    tellFaults: (faults) => send({ cmd: 'faults', in: [...faults] }),
    tellDetection: (seconds) => send({ cmd: 'detected', seconds }),
    quit: () => {
      send({ cmd: 'quit' });
      return ended.promise;
    },
    onProgress: (listener) => {
      progressListeners.add(listener);
      return () => progressListeners.delete(listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    exit: ended.promise,
  };
}

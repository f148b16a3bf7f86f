import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FiredrillError } from '@firedrill/errors';
import {
  type Action,
  guardianPaths,
  isAlive,
  lockConflictExitCode,
  type ProcessIdentity,
  processEntry,
  underLabLock,
} from '@firedrill/lab/control';
import type { Healed } from './heal.ts';
import type { Answer, GuardianConfig, Halted, Request } from './protocol.ts';

export interface GuardianOptions {
  /** The lab's home. */
  readonly home: string;
  readonly labId: string;
  readonly run: string;
  readonly ownsLab: boolean;
  /** Default false. */
  readonly sealed?: boolean;
  readonly logPath: string;
  /** Default 2000. */
  readonly leaseMs?: number;
}

type Command = Request extends infer R ? (R extends { readonly id: number } ? Omit<R, 'id'> : never) : never;

const renewalsPerLease = 5;
/** A guardian that leaves so many renewals unanswered (10 s) hangs: it is ended, and the runner heals. */
const hungAfter = 25;

function killProcess(identity: ProcessIdentity): void {
  if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL');
}

/** The runner's end of the wire. It renews its lease by itself, from the main thread: a runner that hangs is one that is gone. */
export class GuardianClient {
  readonly pid: number;
  readonly epoch: number;
  /** Resolves when the guardian is gone without having been told to end. */
  readonly lost: Promise<void>;
  /** Resolves when the guardian refuses further effects, with its reason. */
  readonly halted: Promise<Halted>;
  readonly #wire: Wire;
  readonly #renewal: NodeJS.Timeout;

  constructor(identity: ProcessIdentity, epoch: number, wire: Wire, leaseMs: number) {
    this.pid = identity.pid;
    this.epoch = epoch;
    this.#wire = wire;
    this.lost = wire.closed;
    this.halted = wire.halted;
    let unanswered = 0;
    this.#renewal = setInterval(() => {
      // Counted, not timed: a runner that was held itself must not take that for the guardian's silence.
      unanswered += 1;
      if (unanswered > hungAfter) killProcess(identity);
      wire.ask({ cmd: 'renew', epoch }).then(
        () => {
          unanswered = 0;
        },
        () => {},
      );
    }, leaseMs / renewalsPerLease);
  }

  /** @returns milliseconds that the effect took. @throws {FiredrillError} when the guardian refuses or is gone. */
  async apply(fault: string, action: Action): Promise<number> {
    const answer = await this.#wire.ask({ cmd: 'apply', epoch: this.epoch, fault, action });
    return answer.tookMs ?? 0;
  }

  /** Undoes one fault, or all. */
  async heal(fault?: string): Promise<readonly Healed[]> {
    const answer = await this.#wire.ask({
      cmd: 'heal',
      epoch: this.epoch,
      ...(fault === undefined ? {} : { fault }),
    });
    return answer.healed ?? [];
  }

  /** Heals, stops the lab if told so, and ends the guardian. */
  async finish(stopLab: boolean): Promise<void> {
    clearInterval(this.#renewal);
    await this.#wire.ask({ cmd: 'finish', epoch: this.epoch, stopLab });
  }

  /** Hangs up; the guardian then heals what is open. */
  close(): void {
    clearInterval(this.#renewal);
    this.#wire.close();
  }
}

/** Requests and answers over one socket. */
class Wire {
  readonly closed: Promise<void>;
  readonly halted: Promise<Halted>;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer & { ok: true }>>();
  #nextId = 1;

  constructor(socket: Socket) {
    this.#socket = socket;
    const halted = Promise.withResolvers<Halted>();
    this.halted = halted.promise;
    // 'close' follows, and says it all. The reader passes its socket's errors on: a peer that is killed may reset the connection.
    socket.on('error', () => {});
    createInterface({ input: socket })
      .on('error', () => {})
      .on('line', (line) => {
        const message = JSON.parse(line) as Answer | Halted;
        if ('event' in message) halted.resolve(message);
        else this.#settle(message);
      });
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const { reject } of this.#waiting.values()) {
          reject(new FiredrillError('aborted', 'the guardian is gone'));
        }
        this.#waiting.clear();
        resolve();
      });
    });
  }

  ask(command: Command): Promise<Answer & { ok: true }> {
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = Promise.withResolvers<Answer & { ok: true }>();
    if (this.#socket.destroyed) {
      answer.reject(new FiredrillError('aborted', 'the guardian is gone'));
      return answer.promise;
    }
    this.#waiting.set(id, answer);
    this.#socket.write(`${JSON.stringify({ id, ...command })}\n`);
    return answer.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer);
    else waiting?.reject(refused(answer.code, answer.message));
  }
}

function refused(code: string, message: string): FiredrillError {
  if (code === 'fault-refused' || code === 'heal-failed' || code === 'lab-busy')
    return new FiredrillError(code, message);
  return new FiredrillError('aborted', `the guardian refused (${code}): ${message}`);
}

/** @returns `undefined` when nobody listens there. */
async function dial(path: string): Promise<Wire | undefined> {
  const socket = connect(path);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(new Wire(socket)));
    socket.once('error', () => resolve(undefined));
  });
}

function spawnGuardian(options: GuardianOptions, config: GuardianConfig): ChildProcess {
  const log = openSync(options.logPath, 'a');
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const [flock = 'flock', ...words] = underLabLock(options.home);
  const child = spawn(flock, [...words, process.execPath, main, JSON.stringify(config)], {
    // Its own session: neither Ctrl-C nor the death of the terminal's group reaches it.
    detached: true,
    stdio: ['ignore', log, log],
    cwd: options.home,
    env: { ...process.env, FIREDRILL_LAB: options.labId },
  });
  closeSync(log);
  child.unref();
  return child;
}

/**
 * Starts a guardian for a running lab and greets it.
 * @throws {FiredrillError} `lab-busy` when another one holds the lab's lock, `internal` when it does not come up.
 */
export async function startGuardian(options: GuardianOptions): Promise<GuardianClient> {
  const leaseMs = options.leaseMs ?? 2000;
  const runner = processEntry(process.pid);
  if (runner === undefined) throw new FiredrillError('platform-unsupported', 'the guardian needs /proc');
  const { home, run, ownsLab, sealed = false, logPath } = options;
  const child = spawnGuardian(options, { home, run, ownsLab, sealed, runner, leaseMs, logPath });
  const exit = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  const deadline = performance.now() + 20_000;
  const { socket } = guardianPaths(home);
  while (performance.now() < deadline) {
    const ended = await Promise.race([exit, sleep(50, undefined)]);
    if (ended === lockConflictExitCode) {
      throw new FiredrillError('lab-busy', 'another run or command holds this lab', {
        where: run,
        fix: 'wait for it, or stop it with `pnpm chaos heal`',
      });
    }
    if (ended !== undefined) {
      throw new FiredrillError('internal', `the guardian ended at once (${ended})`, { where: logPath });
    }
    const wire = await dial(socket);
    if (wire === undefined) continue;
    const hello = await wire.ask({ cmd: 'hello' });
    const identity = processEntry(child.pid ?? -1);
    if (identity === undefined) continue;
    return new GuardianClient(identity, hello.epoch ?? 0, wire, leaseMs);
  }
  child.kill('SIGKILL');
  throw new FiredrillError('internal', 'the guardian did not answer within 20 s', { where: logPath });
}

/** The kill switch. @returns what was healed, `undefined` when no guardian answers there. */
export async function haltGuardian(home: string, reason: string): Promise<readonly Healed[] | undefined> {
  const wire = await dial(guardianPaths(home).socket);
  if (wire === undefined) return undefined;
  try {
    return (await wire.ask({ cmd: 'halt', reason })).healed ?? [];
  } finally {
    wire.close();
  }
}

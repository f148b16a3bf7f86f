import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import {
  bootId,
  createControl,
  guardianPaths,
  isAlive,
  type Owner,
  processEntry,
  readLabState,
} from '@firedrill/lab/control';
import { describeHalt, haltOrder } from '../halt/halt-order.ts';
import { CarrierWatch } from './carrier-watch.ts';
import { Guardian, Refusal } from './guardian.ts';
import type { Healed } from './heal.ts';
import { IntentLog } from './intent-log.ts';
import type { Answer, GuardianConfig, Halted, Request } from './protocol.ts';

// Started as `flock --no-fork … node main.ts <config>`: the lab's lock is this process's inherited descriptor, so it is
// held exactly as long as this process lives, whatever kills it.
const config = JSON.parse(process.argv[2] ?? '{}') as GuardianConfig;
const tickMs = 100;
/** A tick that is later than this may have kept the runner's word from being heard. A shorter time ends no lease. */
const lateTickMs = 1000;
/** After a halt a runner that says nothing for so long hangs: its load would go on for nobody. */
const hungAfterMs = 10_000;
const paths = guardianPaths(config.home);

function note(what: string, figures: object = {}): void {
  try {
    appendFileSync(config.logPath, `${JSON.stringify({ at: new Date().toISOString(), what, ...figures })}\n`);
  } catch {
    // A full disk must not stop a heal.
  }
}

mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
rmSync(paths.socket, { force: true });
const state = readLabState(config.home);
if (state === undefined) throw new Error(`no lab.json in ${config.home}`);
const control = createControl(state);
const intents = new IntentLog(paths.intents);
const ordered = (): string | undefined => {
  const order = haltOrder();
  return order && describeHalt(order);
};
const guardian = new Guardian(control, intents, config.run, config.leaseMs, ordered);
const carriers = new CarrierWatch(control.carriers, undefined, undefined, state.docker === undefined ? 2 : 1);
const self = processEntry(process.pid);
if (self === undefined) throw new Error('this process has no /proc entry');
const { run, ownsLab, sealed } = config;
const owner: Owner = { run, ownsLab, sealed, bootId: bootId(), runner: config.runner, guardian: self };
writeFileSync(paths.owner, JSON.stringify(owner), { mode: 0o600 });

let runner: Socket | undefined;
let ending = false;
/** The end failed. It goes nevertheless, so that the runner, or the next command, gets the lock and can try. */
let gaveUp = false;

const send = (socket: Socket | undefined, message: Answer | Halted): void => {
  if (socket?.writable) socket.write(`${JSON.stringify(message)}\n`);
};

function haltAndHeal(reason: string): Promise<readonly Healed[]> {
  guardian.halt(reason);
  note('halt', { reason });
  return carriers.heal(async () => {
    const healed = await guardian.heal();
    note('healed', { healed });
    send(runner, { event: 'halted', reason, healed });
    await guardian.converge();
    return healed;
  });
}

/** Nobody waits for it: the undo has been read back already. */
function convergeLater(): void {
  carriers
    .heal(() => guardian.converge())
    .catch((error: unknown) => note('converge-failed', { message: String(error) }));
}

/** Leaves nothing behind but, for a kept lab, the lab. */
async function end(stopLab: boolean): Promise<void> {
  if (stopLab) {
    note('stop-lab');
    await control.stopLab();
    note('lab-stopped');
  }
  intents.close();
  for (const path of [paths.socket, paths.owner, paths.intents]) rmSync(path, { force: true });
}

async function abandon(reason: string): Promise<void> {
  if (ending) return;
  ending = true;
  guardian.halt(reason);
  // A lab that goes needs no heal; one that is kept and was never touched may still be on its way up.
  try {
    if (!config.ownsLab && intents.open.length > 0) await haltAndHeal(reason);
    note('abandoned', { reason });
    await end(config.ownsLab);
  } catch (error) {
    // The owner and the open intents stay on disk for the next command.
    note('heal-failed', { message: String(error) });
    process.exit(1);
  }
  process.exit(0);
}

async function answer(socket: Socket, request: Request): Promise<Answer> {
  const { id } = request;
  switch (request.cmd) {
    case 'hello':
      if (runner !== undefined) throw new Refusal('lab-busy', `run ${config.run} holds this lab`);
      runner = socket;
      guardian.renew(guardian.epoch);
      return { id, ok: true, epoch: guardian.epoch };
    case 'renew':
      guardian.renew(request.epoch);
      return { id, ok: true };
    case 'apply': {
      const tookMs = await guardian.apply(request.epoch, request.fault, request.action);
      note('applied', { fault: request.fault, action: request.action, tookMs });
      return { id, ok: true, tookMs };
    }
    case 'heal': {
      const only = request.fault;
      const healed = await carriers.heal(() =>
        guardian.heal((intent) => only === undefined || intent.fault === only),
      );
      note('healed', { healed });
      convergeLater();
      return { id, ok: true, healed };
    }
    case 'halt':
      return { id, ok: true, healed: await haltAndHeal(request.reason) };
    case 'finish': {
      if (request.epoch !== guardian.epoch)
        throw new Refusal('stale-epoch', 'not the run that holds this lab');
      ending = true;
      guardian.halt('finished');
      try {
        const healed = request.stopLab ? [] : await carriers.heal(() => guardian.heal());
        await end(request.stopLab);
        return { id, ok: true, healed };
      } catch (error) {
        gaveUp = true;
        throw error;
      }
    }
  }
}

const server = createServer((socket) => {
  // 'close' follows. The reader passes its socket's errors on: a runner that is killed may reset the connection.
  socket.on('error', () => {});
  const lines = createInterface({ input: socket }).on('error', () => {});
  lines.on('line', (line) => {
    let request: Request;
    try {
      request = JSON.parse(line) as Request;
    } catch {
      socket.destroy();
      return;
    }
    void answer(socket, request)
      .catch((error: unknown): Answer => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
        note('refused', { cmd: request.cmd, code, message: String(error) });
        return {
          id: request.id,
          ok: false,
          code,
          message: error instanceof Error ? error.message : String(error),
        };
      })
      .then((reply) => {
        send(socket, reply);
        if (request.cmd === 'finish' && (reply.ok || gaveUp)) {
          socket.end(() => process.exit(reply.ok ? 0 : 1));
        }
      });
  });
  socket.on('close', () => {
    if (socket === runner) void abandon('the runner is gone');
  });
});
server.listen(paths.socket);

let healingForLease = false;
let obeyed = false;

/** The user's own order is obeyed without the runner, which may hang. */
function obeyHalt(): void {
  const order = obeyed ? undefined : ordered();
  if (order !== undefined) {
    obeyed = true;
    haltAndHeal(order).catch((error: unknown) => note('heal-failed', { message: String(error) }));
  }
  if (obeyed && guardian.silentMs > hungAfterMs) {
    note('kill-runner', { silentMs: guardian.silentMs });
    try {
      process.kill(config.runner.pid, 'SIGKILL');
    } catch {
      // Gone in between.
    }
  }
}

let tickedAt = performance.now();

setInterval(() => {
  const lateMs = performance.now() - tickedAt - tickMs;
  tickedAt = performance.now();
  // A machine that stands still keeps the runner from speaking, too: that is no silence of his.
  if (lateMs > lateTickMs) guardian.stood(lateMs);
  if (ending) return;
  const dead = carriers.look();
  if (dead !== undefined) {
    haltAndHeal(`${dead} died`).catch((error: unknown) => note('heal-failed', { message: String(error) }));
  }
  if (!isAlive(config.runner)) {
    void abandon('the runner is gone');
    return;
  }
  obeyHalt();
  if (guardian.abandoned && !healingForLease) {
    healingForLease = true;
    haltAndHeal('the runner was silent for longer than its lease')
      .catch((error: unknown) => note('heal-failed', { message: String(error) }))
      .finally(() => {
        healingForLease = false;
      });
  }
}, tickMs);

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => void abandon(`guardian got ${signal}`));
note('ready', { epoch: guardian.epoch, leaseMs: config.leaseMs });

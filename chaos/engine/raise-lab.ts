import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { type LabEvent, type LabState, type LabUp, labUp, provideWithProgress } from '@firedrill/lab';
import { createControl, labHome, labIdOf, readLabState } from '@firedrill/lab/control';
import type { Clock } from '@firedrill/slo';
import { type GuardianClient, type GuardianOptions, startGuardian } from '../guardian/guardian-client.ts';
import { describeRecovery, recoverRuns } from '../guardian/recover.ts';
import type { Plan } from '../journal/event.ts';
import type { Progress } from './progress.ts';
import type { Stop } from './stop.ts';

const startSeesItMs = 20_000;

export interface RaiseOptions {
  readonly level: number;
  readonly clock: Clock;
  readonly runtime: LabState['runtime'];
  /** Nodes that need a disk of their own. */
  readonly disks: readonly string[];
  readonly timers: Plan['timers'];
  readonly feed: Plan['feed'];
  readonly run: string;
  readonly keepLab: boolean;
  readonly sealed: boolean;
  /** Where the guardian writes what it does. */
  readonly logPath: string;
  readonly progress: Progress;
  readonly stop: Stop;
  /** A new lab is being started: its ports are known, and what is to run beside it may come up with it. */
  readonly onPrepared: (lab: LabState) => void;
}

export interface RaisedLab extends LabUp {
  readonly guardian: GuardianClient;
  /** This run started it, and shall stop it. */
  readonly ownsLab: boolean;
}

function describe(event: LabEvent, ready: ReadonlySet<string>, all: number): string {
  switch (event.type) {
    case 'cleaned':
      return `took down the lab ${event.labId}: ${event.why}`;
    case 'step':
      return event.step;
    case 'image':
      return `${event.how} ${event.image}`;
    case 'waiting':
      return `waiting for ${event.nodes.length} processes`;
    case 'ready':
      return `${ready.size} of ${all} ready, last ${event.node} after ${(event.afterMs / 1000).toFixed(1)} s`;
  }
}

/** Heals, and cleans, what a run left whose runner and guardian both died. */
async function recoverLeftovers(home: string, progress: Progress): Promise<void> {
  const left = await recoverRuns(home);
  if (left === undefined) return;
  progress.note(describeRecovery(left));
}

async function stopWhatStands(home: string): Promise<void> {
  const state = readLabState(home);
  if (state !== undefined) await createControl(state).stopLab();
}

/**
 * Starts the lab, or finds it running, with a guardian that holds it. The guardian of a new lab begins before the lab's first
 * process: a run that is killed while its lab comes up leaves nothing behind either.
 * @throws {FiredrillError} what {@link labUp} and {@link startGuardian} throw; `aborted` when it is stopped on the way.
 */
export async function raiseLab(options: RaiseOptions): Promise<RaisedLab> {
  const {
    level,
    clock,
    runtime,
    disks,
    timers,
    feed,
    run,
    keepLab,
    sealed,
    logPath,
    progress,
    stop,
    onPrepared,
  } = options;
  const home = labHome(level);
  await recoverLeftovers(home, progress);
  const guardianOptions = (ownsLab: boolean): GuardianOptions => ({
    home,
    labId: labIdOf(level),
    run,
    ownsLab,
    sealed,
    logPath,
  });
  let early: Promise<GuardianClient> | undefined;
  /** A lab of our own is being made: whatever stands of it goes with an abort. */
  let making = false;
  const ready = new Set<string>();
  let waiting = 0;
  let provided: Promise<unknown> | undefined;
  const up = labUp({
    level,
    clock,
    runtime,
    disks,
    ...(timers === undefined ? {} : { timers }),
    ...(feed === undefined ? {} : { feed }),
    provide: (wanted) => {
      const components = provideWithProgress(stop.signal)(wanted).then((found) => {
        // Stopped when all was there: nothing more is begun.
        stop.signal.throwIfAborted();
        return found;
      });
      provided = components;
      return components;
    },
    onEvent: (event) => {
      // What is made tells of itself, one line per component.
      if (event.type === 'step' && event.step === 'provision') return;
      if (event.type === 'step' && event.step === 'reserve') making = true;
      if (event.type === 'step' && event.step === 'prepare') {
        early = startGuardian(guardianOptions(!keepLab));
        early.catch(() => {});
        const state = readLabState(home);
        if (state !== undefined) onPrepared(state);
      }
      if (event.type === 'waiting') waiting = event.nodes.length;
      if (event.type === 'ready') ready.add(event.node);
      progress.figure(describe(event, ready, waiting));
    },
  });
  try {
    const { state, started, tookMs } = await orStopped(up, stop);
    const ownsLab = started && !keepLab;
    const guardian = await (early ?? startGuardian(guardianOptions(ownsLab)));
    return { state, started, tookMs, guardian, ownsLab };
  } catch (error) {
    // Its builds are children of this process: they are gone before it is.
    await provided?.catch(() => {});
    if (making) {
      await stopWhatStands(home);
      // The start goes on until it sees that its parts are gone: what it began in between goes too.
      await Promise.race([up.catch(() => {}), sleep(startSeesItMs, undefined, { ref: false })]);
      await stopWhatStands(home);
    }
    up.catch(() => {});
    (await early?.catch(() => undefined))?.close();
    throw error;
  }
}

async function orStopped<T>(work: Promise<T>, stop: Stop): Promise<T> {
  const stopped = new Promise<never>((_resolve, reject) => {
    const fail = (): void =>
      reject(new FiredrillError('aborted', `stopped while the lab was starting: ${stop.reason}`));
    if (stop.signal.aborted) fail();
    stop.signal.addEventListener('abort', fail, { once: true });
  });
  stopped.catch(() => {});
  return Promise.race([work, stopped]);
}

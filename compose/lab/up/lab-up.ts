import { FiredrillError } from '@firedrill/errors';
import { type Provisioned, provision } from '@firedrill/provision';
import { choosesPrimary, type Level } from '@firedrill/topology';
import { labIdOf } from '../control/lab-home.ts';
import { writeLabState } from '../control/lab-state-file.ts';
import { stopLab } from '../control/stop-lab.ts';
import { renderProcessCompose } from '../render/process-compose.ts';
import type { LabState } from '../state.ts';
import { topologyOf } from '../topology-of.ts';
import { loopbackHosts } from '../wiring/hosts.ts';
import { componentsOf, wireLevel } from '../wiring/wire-level.ts';
import type { Wired } from '../wiring/wiring.ts';
import { checkDisk } from './disk.ts';
import { requireDocker } from './docker/require-docker.ts';
import type { LabEvent } from './events.ts';
import { firstPortOf, freePorts } from './free-ports.ts';
import { makeLabsFolder } from './labs-folder.ts';
import { mountPointOf } from './mount-point.ts';
import { newState, probesOf } from './new-state.ts';
import { notAsRoot } from './not-as-root.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { reservedPorts } from './other-labs.ts';
import { requireOwnDisks } from './own-disks.ts';
import { planPorts, portCount } from './plan-ports.ts';
import { prepare } from './prepare.ts';
import { requireLinux } from './require-linux.ts';
import { reserveLab, waitForOtherMs } from './reserve-lab.ts';
import { startSupervisor } from './start-supervisor.ts';
import { usableLab } from './usable-lab.ts';
import { waitWhole } from './wait-whole.ts';
import { writeFiles } from './write-files.ts';

export interface LabUpOptions {
  readonly level: number;
  readonly clock: LabState['clock'];
  /** What its nodes run in. Default `native`. */
  readonly runtime?: LabState['runtime'];
  /** How soon a lost leader is replaced, where a level chooses it by itself. Default `supported`. */
  readonly timers?: LabState['timers'];
  /** Where feeds are kept. Default: in the shop's database. */
  readonly feed?: LabState['feed'];
  /** Nodes that shall have a disk of their own, so that it can be filled; none by default. */
  readonly disks?: readonly string[];
  readonly onEvent?: (event: LabEvent) => void;
  /** Default: `provision` of the components that the level needs. */
  readonly provide?: (level: Level) => Promise<Provisioned>;
  /** How long the nodes may take to become ready, ms. */
  readonly readyDeadlineMs?: number;
  /** A last change to what is started; for tests of a node that is broken. */
  readonly rewire?: (processes: readonly Wired[]) => readonly Wired[];
}

export interface LabUp {
  readonly state: LabState;
  /** `false` when the lab ran already. */
  readonly started: boolean;
  readonly tookMs: number;
}

/**
 * Starts this checkout's lab, or finds that it runs. When it throws, nothing of the lab is left running.
 * @throws {FiredrillError} `node-unhealthy`, `port-taken`, `disk-full`, `component-unavailable`, `lab-busy`.
 */
export async function labUp(options: LabUpOptions): Promise<LabUp> {
  const from = performance.now();
  requireLinux();
  const level = topologyOf(options);
  requireTimers(level, options.timers);
  const onEvent = options.onEvent ?? (() => {});
  const start = await (options.runtime === 'docker' ? inDocker : natively)(level, { ...options, onEvent });
  return oneAtATime(labIdOf(level.number), waitForOtherMs, async () => {
    const running = await usableLab(level.number, options, onEvent);
    const state = running ?? (await start());
    return { state, started: running === undefined, tookMs: Math.round(performance.now() - from) };
  });
}

type Start = (
  level: Level,
  options: LabUpOptions & Required<Pick<LabUpOptions, 'onEvent'>>,
) => Promise<() => Promise<LabState>>;

/** Has all that the lab needs, before a lab that runs already is looked for. @returns what starts one. */
const natively: Start = async (level, options) => {
  const disks = options.disks ?? [];
  if (disks.length > 0) await requireOwnDisks(level, disks);
  options.onEvent({ type: 'step', step: 'provision' });
  const components = await (options.provide ?? ((wanted) => provision(componentsOf(wanted))))(level);
  return () => startLab(level, components, options);
};

const inDocker: Start = async (
  level,
  { clock, timers = 'supported', feed, disks = [], onEvent, readyDeadlineMs },
) => {
  if (disks.length > 0) {
    throw new FiredrillError('fault-refused', 'a node in a container has no disk of its own to fill', {
      where: '--runtime docker',
      fix: 'take --runtime native',
    });
  }
  const socket = await requireDocker();
  // Its rendering is read by nobody else who starts a lab.
  const { startDockerLab } = await import('./docker/start-docker-lab.ts');
  return () => startDockerLab(level, socket, { clock, timers, feed, onEvent, readyDeadlineMs });
};

/** @throws {FiredrillError} `usage` for times that nothing at the level goes by. */
function requireTimers(level: Level, timers: LabState['timers']): void {
  if (timers === undefined || timers === 'supported' || choosesPrimary(level)) return;
  throw new FiredrillError('usage', `level ${level.number} has no failover whose timers could be ${timers}`, {
    where: '--timers',
    fix: 'leave it out, or use level 4',
  });
}

async function startLab(
  level: Level,
  components: Provisioned,
  options: LabUpOptions & { readonly onEvent: (event: LabEvent) => void },
): Promise<LabState> {
  const { onEvent } = options;
  await checkDisk(makeLabsFolder());
  onEvent({ type: 'step', step: 'reserve' });
  const reserved = await reserveLab(() => withPorts(level, options));
  try {
    const processes = await wire(level, reserved, components, options);
    const state = { ...reserved, probes: probesOf(level, processes) };
    writeLabState(state);
    // After lab.json is whole: a run starts its guardian on this, which must know every node that it may have to start.
    onEvent({ type: 'step', step: 'prepare' });
    await writeFiles(state.home, processes, renderProcessCompose(state, processes));
    await prepare(state, processes);
    onEvent({ type: 'step', step: 'start' });
    await startSupervisor(state, binaryOf(components)('process-compose', 'process-compose'));
    await waitWhole(level, state, processes, onEvent, options.readyDeadlineMs);
    return state;
  } catch (error) {
    await stopLab(reserved);
    throw error;
  }
}

async function withPorts(
  level: Level,
  { clock, timers = 'supported', feed, disks = [] }: LabUpOptions,
): Promise<LabState> {
  const ports = await freePorts(portCount(level), firstPortOf(labIdOf(level.number)), reservedPorts());
  return newState(level, { clock, timers, feed, disks }, planPorts(level, ports));
}

async function wire(
  level: Level,
  reserved: LabState,
  components: Provisioned,
  { rewire = (processes) => processes }: LabUpOptions,
): Promise<readonly Wired[]> {
  return rewire(
    wireLevel({
      level,
      state: reserved,
      hosts: loopbackHosts,
      binary: binaryOf(components),
      nodeJs: process.execPath,
      notAsRoot: await notAsRoot(),
      mountPoint: mountPointOf(reserved.home),
      now: Date.now(),
    }),
  );
}

function binaryOf(components: Provisioned) {
  return (component: Parameters<Provisioned['get']>[0], executable: string): string => {
    const found = components.get(component);
    if (found === undefined)
      throw new FiredrillError('component-unavailable', `${component} was not provided`);
    return found.bin(executable);
  };
}

import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type LabState, labDown, requireLab } from '@firedrill/lab';
import { processesByNode, processesOfLab, thisCheckout } from '@firedrill/lab/control';
import { $ } from 'zx';
import { amongUsers } from './among-users.ts';
import type { LabRound } from './lab-result.ts';
import { cpuSeconds, machineBusySeconds, proportionalSetSize } from './process-figures.ts';

const restMs = 10_000;
const lookEveryMs = 2000;
const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** One lab up, at rest, under its declared load, and down again. */
export async function measureLab(number: number, loadMs: number): Promise<LabRound> {
  const from = performance.now();
  const busyBefore = machineBusySeconds();
  await $({ cwd: thisCheckout, quiet: true })`${process.execPath} bin/lab.mjs up --level ${number} --json`;
  const readySeconds = (performance.now() - from) / 1000;
  const busy = machineBusySeconds() - busyBefore;
  const state = await requireLab(number);
  try {
    const readyCpuSeconds = labCpuSeconds(state);
    await pause(restMs);
    const idle = memoryByNode(state);
    const loaded = await underLoad(state, loadMs);
    return {
      level: number,
      readySeconds: tenths(readySeconds),
      readyCpuSeconds: tenths(readyCpuSeconds),
      othersShare:
        Math.round((100 * Math.max(0, busy - readyCpuSeconds)) / (readySeconds * availableParallelism())) /
        100,
      idleMegabytes: megabytes(sum(idle)),
      ...loaded,
    };
  } finally {
    await labDown({ level: number });
  }
}

const sum = (values: ReadonlyMap<string, number>): number => [...values.values()].reduce((a, b) => a + b, 0);
const labCpuSeconds = (state: LabState): number =>
  processesOfLab(state).reduce((total, { pid }) => total + cpuSeconds(pid), 0);

/** What has no node's mark started the others. The load client has not even the lab's: it is the users, and not counted. */
function memoryByNode(state: LabState): ReadonlyMap<string, number> {
  const owners = new Map(
    [...processesByNode(state)].flatMap(([node, entries]) => entries.map(({ pid }) => [pid, node] as const)),
  );
  const sizes = new Map<string, number>();
  for (const { pid } of processesOfLab(state)) {
    const owner = owners.get(pid) ?? 'process-compose';
    sizes.set(owner, (sizes.get(owner) ?? 0) + proportionalSetSize(pid));
  }
  return sizes;
}

const underLoad = (
  state: LabState,
  loadMs: number,
): Promise<Pick<LabRound, 'loadedMegabytes' | 'loadedCores' | 'nodes'>> =>
  amongUsers(state, async () => {
    const from = performance.now();
    const cpuBefore = labCpuSeconds(state);
    let largest: ReadonlyMap<string, number> = new Map();
    while (performance.now() - from < loadMs) {
      await pause(lookEveryMs);
      const now = memoryByNode(state);
      if (sum(now) > sum(largest)) largest = now;
    }
    const loadedCores = (1000 * (labCpuSeconds(state) - cpuBefore)) / (performance.now() - from);
    const ordered = [...largest].toSorted(([, a], [, b]) => b - a);
    return {
      loadedMegabytes: megabytes(sum(largest)),
      loadedCores: Math.round(100 * loadedCores) / 100,
      nodes: Object.fromEntries(ordered.map(([node, bytes]) => [node, megabytes(bytes)])),
    };
  });

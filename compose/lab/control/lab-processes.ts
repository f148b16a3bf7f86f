import { sep } from 'node:path';
import type { LabState } from '../state.ts';
import {
  allPids,
  allProcesses,
  ancestry,
  containerOf,
  environmentOf,
  type ProcessEntry,
  processEntry,
  withDescendants,
  workingDirectoryOf,
} from './process-table.ts';

interface LabId {
  readonly labId: string;
  readonly home: string;
  readonly docker?: LabState['docker'];
}

/** The node of a lab whose container a process is in; the processes of containers are in this machine's table, too. */
function nodeOfContainer({ docker }: LabId, pid: number): string | undefined {
  if (docker === undefined) return undefined;
  const container = containerOf(pid);
  return Object.entries(docker.containers).find(([, id]) => id === container)?.[0];
}

/**
 * PostgreSQL overwrites its environment, and a backend that outlives its parent has no descent: there the working
 * directory is all that tells. Nowhere else: a user's shell may stand in a lab's folder.
 */
const inDataFolder = (path: string | undefined, home: string, node?: string): boolean => {
  const [first, second] = path?.startsWith(home + sep) ? path.slice(home.length + 1).split(sep) : [];
  return second === 'data' && (node === undefined || first === node);
};

/** All processes of a lab but the asking one and its parents: by FIREDRILL_LAB, by PostgreSQL's data folder, by descent. */
export function processesOfLab(lab: LabId): readonly ProcessEntry[] {
  const table = allProcesses();
  const self = ancestry(table, process.pid);
  const mark = `FIREDRILL_LAB=${lab.labId}`;
  return withDescendants(
    table,
    ({ pid }) =>
      !self.has(pid) &&
      (environmentOf(pid).includes(mark) ||
        inDataFolder(workingDirectoryOf(pid), lab.home) ||
        nodeOfContainer(lab, pid) !== undefined),
  ).filter(({ pid }) => !self.has(pid));
}

function isOfNode(lab: LabId, node: string, pid: number): boolean {
  if (nodeOfContainer(lab, pid) === node) return true;
  if (inDataFolder(workingDirectoryOf(pid), lab.home, node)) return true;
  const environment = environmentOf(pid);
  return [`FIREDRILL_LAB=${lab.labId}`, `FIREDRILL_NODE=${node}`].every((mark) => environment.includes(mark));
}

/** All processes of one node. PostgreSQL's backends are found by their data folder: they have sessions of their own. */
export const processesOfNode = (lab: LabId, node: string): readonly ProcessEntry[] =>
  withDescendants(allProcesses(), ({ pid }) => isOfNode(lab, node, pid));

/** {@link processesOfNode} for all nodes at once. */
export function processesByNode(lab: LabId): ReadonlyMap<string, readonly ProcessEntry[]> {
  const table = allProcesses();
  const owners = new Map(table.map(({ pid }) => [pid, nodeOf(lab, pid)]));
  const nodes = new Set([...owners.values()].filter((node) => node !== undefined));
  return new Map(
    [...nodes].map((node) => [node, withDescendants(table, ({ pid }) => owners.get(pid) === node)]),
  );
}

function nodeOf(lab: LabId, pid: number): string | undefined {
  const contained = nodeOfContainer(lab, pid);
  if (contained !== undefined) return contained;
  const folder = workingDirectoryOf(pid);
  if (inDataFolder(folder, lab.home)) return folder?.slice(lab.home.length + 1).split(sep)[0];
  const environment = environmentOf(pid);
  if (!environment.includes(`FIREDRILL_LAB=${lab.labId}`)) return undefined;
  const mark = 'FIREDRILL_NODE=';
  return environment.find((variable) => variable.startsWith(mark))?.slice(mark.length);
}

/** A fork has its parent's environment until it becomes itself, ms. */
const newcomerMs = 2000;

/**
 * Finds the first process of a node that runs, asked again and again: to look into every process of the machine ten times a second
 * would hold the asking one up, so those that are others' are looked into only while they are new.
 */
export function processFinder(lab: LabId, node: string): () => ProcessEntry | undefined {
  const others = new Map<number, number>();
  return () => {
    const now = performance.now();
    const pids = allPids();
    const here = new Set(pids);
    for (const pid of others.keys()) if (!here.has(pid)) others.delete(pid);
    const found = pids.filter((pid) => {
      if (now - (others.get(pid) ?? now) > newcomerMs) return false;
      const isOurs = isOfNode(lab, node, pid);
      if (isOurs) others.delete(pid);
      else if (!others.has(pid)) others.set(pid, now);
      return isOurs;
    });
    return firstProcesses(found.map(processEntry).filter((entry) => entry !== undefined))[0];
  };
}

/** Pure: the processes of a set whose parent is not in it, oldest first. */
export function firstProcesses(entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const pids = new Set(entries.map((entry) => entry.pid));
  return entries
    .filter((entry) => !pids.has(entry.parent))
    .toSorted((a, b) => Number(BigInt(a.startTime) - BigInt(b.startTime)));
}

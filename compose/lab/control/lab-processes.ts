import { sep } from 'node:path';
import {
  allProcesses,
  ancestry,
  environmentOf,
  type ProcessEntry,
  withDescendants,
  workingDirectoryOf,
} from './process-table.ts';

/**
 * PostgreSQL overwrites its environment, and a backend that outlives its parent has no descent: there the working
 * directory is all that tells. Nowhere else: a user's shell may stand in a lab's folder.
 */
const inDataFolder = (path: string | undefined, home: string, node?: string): boolean => {
  const [first, second] = path?.startsWith(home + sep) ? path.slice(home.length + 1).split(sep) : [];
  return second === 'data' && (node === undefined || first === node);
};

/** All processes of a lab but the asking one and its parents: by FIREDRILL_LAB, by PostgreSQL's data folder, by descent. */
export function processesOfLab(lab: {
  readonly labId: string;
  readonly home: string;
}): readonly ProcessEntry[] {
  const table = allProcesses();
  const self = ancestry(table, process.pid);
  const mark = `FIREDRILL_LAB=${lab.labId}`;
  return withDescendants(
    table,
    ({ pid }) =>
      !self.has(pid) &&
      (environmentOf(pid).includes(mark) || inDataFolder(workingDirectoryOf(pid), lab.home)),
  ).filter(({ pid }) => !self.has(pid));
}

/** All processes of one node. PostgreSQL's backends are found by their data folder: they have sessions of their own. */
export function processesOfNode(
  lab: { readonly labId: string; readonly home: string },
  node: string,
): readonly ProcessEntry[] {
  const table = allProcesses();
  const marks = [`FIREDRILL_LAB=${lab.labId}`, `FIREDRILL_NODE=${node}`];
  return withDescendants(table, ({ pid }) => {
    if (inDataFolder(workingDirectoryOf(pid), lab.home, node)) return true;
    const environment = environmentOf(pid);
    return marks.every((mark) => environment.includes(mark));
  });
}

/** {@link processesOfNode} for all nodes at once. */
export function processesByNode(lab: {
  readonly labId: string;
  readonly home: string;
}): ReadonlyMap<string, readonly ProcessEntry[]> {
  const table = allProcesses();
  const owners = new Map(table.map(({ pid }) => [pid, nodeOf(lab, pid)]));
  const nodes = new Set([...owners.values()].filter((node) => node !== undefined));
  return new Map(
    [...nodes].map((node) => [node, withDescendants(table, ({ pid }) => owners.get(pid) === node)]),
  );
}

function nodeOf(lab: { readonly labId: string; readonly home: string }, pid: number): string | undefined {
  const folder = workingDirectoryOf(pid);
  if (inDataFolder(folder, lab.home)) return folder?.slice(lab.home.length + 1).split(sep)[0];
  const environment = environmentOf(pid);
  if (!environment.includes(`FIREDRILL_LAB=${lab.labId}`)) return undefined;
  const mark = 'FIREDRILL_NODE=';
  return environment.find((variable) => variable.startsWith(mark))?.slice(mark.length);
}

/** The first process of a node that runs. */
export const oldestProcessOf = (
  lab: { readonly labId: string; readonly home: string },
  node: string,
): ProcessEntry | undefined => firstProcesses(processesOfNode(lab, node))[0];

/** Pure: the processes of a set whose parent is not in it, oldest first. */
export function firstProcesses(entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const pids = new Set(entries.map((entry) => entry.pid));
  return entries
    .filter((entry) => !pids.has(entry.parent))
    .toSorted((a, b) => Number(BigInt(a.startTime) - BigInt(b.startTime)));
}

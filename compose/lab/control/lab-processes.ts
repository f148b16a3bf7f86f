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

/** Pure: the processes of a set whose parent is not in it, oldest first. */
export function firstProcesses(entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const pids = new Set(entries.map((entry) => entry.pid));
  return entries
    .filter((entry) => !pids.has(entry.parent))
    .toSorted((a, b) => Number(BigInt(a.startTime) - BigInt(b.startTime)));
}

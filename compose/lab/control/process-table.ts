import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One process, named so that a later process with the same pid is never mistaken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot: field 22 of /proc/<pid>/stat. */
  readonly startTime: string;
}

export interface ProcessEntry extends ProcessIdentity {
  readonly parent: number;
  /** Held by SIGSTOP. */
  readonly stopped: boolean;
}

/** A new one after each reboot; identities of another boot mean nothing. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** `undefined` when the process is gone or only waits to be reaped. */
export function processEntry(pid: number): ProcessEntry | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The command may hold spaces and parentheses; the fields after it do not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  const startTime = fields[19];
  if (state === undefined || parent === undefined || startTime === undefined) return undefined;
  if (state === 'Z' || state === 'X') return undefined;
  return { pid, parent: Number(parent), startTime, stopped: state === 'T' };
}

/** Zombies too. */
export const allPids = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

export function allProcesses(): readonly ProcessEntry[] {
  return allPids()
    .map(processEntry)
    .filter((entry) => entry !== undefined);
}

export function isAlive(identity: ProcessIdentity): boolean {
  return processEntry(identity.pid)?.startTime === identity.startTime;
}

/** The environment it was started with; empty when it is not ours to read or, as PostgreSQL does, overwritten. */
export function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** The container that a process is in: Docker names its control group after it. Everybody may read that. */
export function containerOf(pid: number): string | undefined {
  try {
    return /[0-9a-f]{64}/.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[0];
  } catch {
    return undefined;
  }
}

export function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

/** Pure: the roots and all that descends from them. */
export function withDescendants(
  table: readonly ProcessEntry[],
  isRoot: (entry: ProcessEntry) => boolean,
): readonly ProcessEntry[] {
  const chosen = new Map(table.filter(isRoot).map((entry) => [entry.pid, entry]));
  for (let grew = true; grew; ) {
    grew = false;
    for (const entry of table) {
      if (chosen.has(entry.pid) || !chosen.has(entry.parent)) continue;
      chosen.set(entry.pid, entry);
      grew = true;
    }
  }
  return [...chosen.values()];
}

/** Pure: a process and its parents, up to the first one. */
export function ancestry(table: readonly ProcessEntry[], pid: number): ReadonlySet<number> {
  const byPid = new Map(table.map((entry) => [entry.pid, entry]));
  const line = new Set<number>();
  for (let next = byPid.get(pid); next !== undefined && !line.has(next.pid); next = byPid.get(next.parent)) {
    line.add(next.pid);
  }
  return line;
}

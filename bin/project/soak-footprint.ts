import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { LabState } from '@firedrill/lab';
import { createControl, guardianPaths, processesByNode } from '@firedrill/lab/control';

/** What a node of the lab holds. */
export interface Held {
  readonly descriptors: number;
  readonly rssMb: number;
}

/** Marks every process that the soak starts, however deep. */
export const soakMark = 'FIREDRILL_SOAK';

function environ(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
};

/** Processes that the run of this mark started and that are there yet. */
export function processesOf(mark: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environ(pid).includes(`${soakMark}=${mark}`))
    .map((pid) => `${pid} ${commandOf(pid)}`);
}

/** What lies in a folder, so many levels deep, from there; empty when it is gone. */
export function entriesOf(folder: string, depth: number): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => [
    entry.name,
    ...(entry.isDirectory() && depth > 1
      ? entriesOf(join(folder, entry.name), depth - 1).map((below) => join(entry.name, below))
      : []),
  ]);
}

/** Shared memory that the processes of a lab have mapped, by what names it while it is there. */
export function sharedMemoryOf(lab: LabState): readonly string[] {
  const lines = [...processesByNode(lab).values()].flat().flatMap(({ pid }) => mapsOf(pid));
  return lines.flatMap((line) => {
    const [, , , , inode = '', path = ''] = line.split(/\s+/);
    if (path.startsWith('/dev/shm/')) return [path];
    return path.startsWith('/SYSV') ? [`shared memory ${inode}`] : [];
  });
}

/** Of such names, those that stand for something yet. */
export function sharedMemoryLeft(names: Iterable<string>): readonly string[] {
  const table = readFileSync('/proc/sysvipc/shm', 'utf8').trim().split('\n').slice(1);
  const ids = new Set(table.map((line) => `shared memory ${line.trim().split(/\s+/)[1]}`));
  return [...names].filter((name) => (name.startsWith('/') ? existsSync(name) : ids.has(name)));
}

const mapsOf = (pid: number): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  } catch {
    return [];
  }
};

/** A Toxiproxy that is late is not one that has lost its edges. */
const patienceMs = 10_000;

/** What of a running lab is not as its topology says, in words; nothing when it is whole. */
export async function notAsTopology(lab: LabState): Promise<readonly string[]> {
  const { edges, nodes, saboteurs } = await createControl(lab).read(patienceMs);
  const answer = await fetch(`http://127.0.0.1:${lab.toxiproxyPort}/proxies`);
  const proxies = Object.keys((await answer.json()) as object);
  const { socket, owner, intents } = guardianPaths(lab.home);
  return [
    ...proxies.filter((name) => lab.edges[name] === undefined).map((name) => `proxy ${name}`),
    ...edges.flatMap(({ edge, state, toxics }) => [
      ...(state === 'enabled' ? [] : [`proxy ${edge} ${state}`]),
      ...toxics.map(({ name }) => `toxic ${name} on ${edge}`),
    ]),
    ...nodes.flatMap(({ node, running, stopped }) =>
      running && !stopped ? [] : [`node ${node} ${stopped ? 'stopped' : 'down'}`],
    ),
    ...saboteurs.map((name) => `saboteur ${name}`),
    ...[socket, owner, intents].filter((path) => existsSync(path)),
  ];
}

/** Open descriptors and resident memory of each node, its descendants included. */
export function heldByNode(lab: LabState): Readonly<Record<string, Held>> {
  const nodes = processesByNode(lab);
  return Object.fromEntries(
    [...nodes].map(([node, processes]) => {
      const held = processes.map(({ pid }) => ({ descriptors: descriptorsOf(pid), rssMb: rssMbOf(pid) }));
      return [
        node,
        {
          descriptors: held.reduce((sum, one) => sum + one.descriptors, 0),
          rssMb: Math.round(held.reduce((sum, one) => sum + one.rssMb, 0)),
        },
      ];
    }),
  );
}

function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** Its own share of what is resident, so that PostgreSQL's shared buffers count once. */
function rssMbOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Files of a lab that are open though they were deleted: disk that nobody can see. */
export function deletedButOpen(lab: LabState): readonly string[] {
  const found = new Set<string>();
  for (const [node, processes] of processesByNode(lab)) {
    for (const { pid } of processes) {
      for (const path of openPaths(pid)) {
        if (path.startsWith(lab.home) && path.endsWith(' (deleted)') && !isExpected(path))
          found.add(`${node} ${path}`);
      }
    }
  }
  return [...found];
}

/** PostgreSQL recycles its WAL, and Prometheus compacts its blocks, while they have them open. */
const isExpected = (path: string): boolean =>
  /\/(pg_wal|base|global|pg_stat_tmp)\/|\/prometheus-\d\//.test(path);

function openPaths(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

import type { Action, Setting, Toxic, Undo } from './action.ts';
import type { ProcessIdentity } from './process-table.ts';
import type { SettingReading } from './settings.ts';

/** What an edge's proxy says of itself; `undefined` toxics and `missing` when Toxiproxy does not know it. */
export interface EdgeReading {
  readonly edge: string;
  readonly state: 'enabled' | 'disabled' | 'missing';
  readonly toxics: readonly Toxic[];
}

export interface NodeReading {
  readonly node: string;
  readonly running: boolean;
  /** Process id of the node's first process, when it runs. */
  readonly pid: number | undefined;
  /** One of its processes is held by SIGSTOP. */
  readonly stopped: boolean;
  /** It has a disk of its own, and that is smaller than it should be. */
  readonly squeezed: boolean;
}

export interface LabReading {
  readonly edges: readonly EdgeReading[];
  readonly nodes: readonly NodeReading[];
  /** Processes that keep a fault up, by name; none when all is as the topology says. */
  readonly saboteurs: readonly string[];
  /** process-compose lives and is not held. */
  readonly supervised: boolean;
}

export interface Carrier extends ProcessIdentity {
  readonly name: string;
}

/** The one hand that changes a running lab. Only the guardian (or whoever heals in its place) holds it. */
export interface Control {
  /** Applies one effect. @throws {FiredrillError} `fault-refused` for an unknown node or edge. */
  apply(action: Action): Promise<void>;
  /** Makes one edge or node as the topology says, and reads it back twice. Idempotent. @throws `heal-failed` */
  undo(undo: Undo): Promise<void>;
  /** Makes every edge and node as the topology says, and ends every saboteur; rebuilds Toxiproxy's proxies when it lost or holds them. */
  healAll(): Promise<void>;
  /** Starts Toxiproxy anew with the topology's proxies: whatever call of a dead process still hangs in it is forgotten. */
  rebuild(): Promise<void>;
  /** Toxiproxy and process-compose, as far as they live: without the one no edge stands, without the other no node comes back. */
  carriers(): readonly Carrier[];
  /**
   * The state as it is, asked from Toxiproxy, process-compose and the process table.
   * @param patienceMs for a Toxiproxy that is late: without its word every edge is `missing`. Default 0: a look is short.
   */
  read(patienceMs?: number): Promise<LabReading>;
  /** What a node says of a setting, in figures. @throws when it does not answer. */
  readSetting(node: string, setting: Setting): Promise<SettingReading>;
  /** Stops every process of this lab and removes its folder. Never throws because something is already gone. @throws `heal-failed` */
  stopLab(): Promise<void>;
}

/** Pure: whether a reading shows everything as the topology says. */
export const isWhole = ({ edges, nodes, saboteurs, supervised }: LabReading): boolean =>
  edges.every(({ state, toxics }) => state === 'enabled' && toxics.length === 0) &&
  nodes.every(({ running, stopped, squeezed }) => running && !stopped && !squeezed) &&
  saboteurs.length === 0 &&
  supervised;

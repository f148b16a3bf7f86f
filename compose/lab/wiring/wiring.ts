import type { ComponentName } from '@firedrill/provision';
import type { Level, Node } from '@firedrill/topology';
import type { LabState, Probe } from '../state.ts';
import type { Hosts } from './hosts.ts';

/** A file that must be there before the process starts. For its owner alone: some hold a token. */
export interface WiredFile {
  /** From the node's folder. */
  readonly path: string;
  readonly content: string | Iterable<string>;
  /** It is started by its path. */
  readonly executable?: boolean;
}

/** A command that is run to its end before the lab starts, in the node's folder, e.g. initdb. */
export interface Preparation {
  readonly title: string;
  readonly argv: readonly string[];
  readonly stdin?: string;
}

/** One process as data: everything that is needed to start it, and nothing started yet. */
export interface Wired {
  /** The node's name, or the process's where it is no node (`toxiproxy`, `migrate`). */
  readonly name: string;
  readonly files: readonly WiredFile[];
  /** In this order, after the files are written. */
  readonly preparations: readonly Preparation[];
  /** Absolute executable and its arguments. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** `undefined`: a one-shot that is done when it exits with 0. */
  readonly probe: Probe | undefined;
  /** Process → what must be true of it first. */
  readonly dependsOn: Readonly<Record<string, 'started' | 'completed'>>;
}

/** All that a wiring may look at. Wirings are pure: the same context gives the same files and commands. */
export interface WiringContext {
  readonly level: Level;
  readonly state: LabState;
  readonly hosts: Hosts;
  /** Absolute path of a component's executable. */
  readonly binary: (component: ComponentName, executable: string) => string;
  /** Node's own executable. */
  readonly nodeJs: string;
  /** In a container whose image has none: where this machine's is mounted. */
  readonly givenNode?: string;
  /** Words that go before a command which refuses to run as root; empty for an ordinary user. */
  readonly notAsRoot: readonly string[];
  /** Where the file system is mounted that holds the lab's folder. */
  readonly mountPoint: string;
  /** When the lab starts, ms since the epoch: where the quiet history ends. */
  readonly now: number;
}

/** The wiring of one kind of node. `undefined`: not the lab's to start. */
export type Wire = (node: Node, context: WiringContext) => Wired | undefined;

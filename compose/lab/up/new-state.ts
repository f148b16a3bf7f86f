import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { choosesPrimary, databaseServers, type Level } from '@firedrill/topology';
import { labHome, labIdOf, labScope, thisCheckout } from '../control/lab-home.ts';
import { bootId } from '../control/process-table.ts';
import type { LabState } from '../state.ts';
import { ownDisk } from '../wiring/own-disk.ts';
import type { Wired } from '../wiring/wiring.ts';
import type { LabPorts } from './plan-ports.ts';

/** Letters and digits only: it goes into URLs and SQL. */
const newSecret = (): string => randomBytes(18).toString('hex');

interface Setting {
  readonly clock: LabState['clock'];
  readonly timers: NonNullable<LabState['timers']>;
  readonly feed: LabState['feed'];
  /** Nodes that get a disk of their own. */
  readonly disks: readonly string[];
}

/** A lab that has its folder, ports and secrets, and nothing running. */
export function newState(level: Level, { clock, timers, feed, disks }: Setting, ports: LabPorts): LabState {
  const home = labHome(level.number);
  return {
    labId: labIdOf(level.number),
    level: level.number,
    runtime: 'native',
    clock,
    ...(choosesPrimary(level) ? { timers } : {}),
    ...(feed === undefined || feed === 'postgres' ? {} : { feed }),
    home,
    checkout: thisCheckout,
    scope: labScope(),
    startedAt: new Date().toISOString(),
    bootId: bootId(),
    ...ports,
    ...(disks.length === 0 ? {} : { disks: Object.fromEntries(disks.map((node) => [node, ownDisk])) }),
    primary: databaseServers(level)[0]?.name ?? '',
    promotions: [],
    probes: {},
    processComposeSocket: join(home, 'pc.sock'),
    secrets: {
      postgresPassword: newSecret(),
      exporterPassword: newSecret(),
      receiverToken: newSecret(),
      paymentToken: newSecret(),
      adminToken: newSecret(),
      patroniPassword: newSecret(),
    },
  };
}

/** Pure: the readiness of the processes that are nodes. */
export function probesOf(level: Level, processes: readonly Wired[]): LabState['probes'] {
  const nodes = new Set(level.nodes.map((node) => node.name));
  return Object.fromEntries(
    processes.flatMap(({ name, probe }) => (probe !== undefined && nodes.has(name) ? [[name, probe]] : [])),
  );
}

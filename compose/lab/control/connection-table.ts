import { readFileSync } from 'node:fs';
import { hostNetwork } from '../render/compose/container-context.ts';
import { addressIn } from '../render/compose/network-plan.ts';
import type { LabState } from '../state.ts';
import { topologyOf } from '../topology-of.ts';
import { processFinder } from './lab-processes.ts';
import { ownAddress } from './own-socket.ts';
import { isAlive, type ProcessIdentity } from './process-table.ts';
import { toxiproxyProcess } from './toxiproxy-process.ts';

/** The kernel's connections where the proxies of a lab are. */
export interface ConnectionTable {
  /** As `/proc/net/tcp` has them. @throws when it cannot be read. */
  read(): string;
  /** From where Firedrill itself dials. */
  readonly own: readonly string[];
}

/** Of this machine; where the nodes are containers, of the one that Toxiproxy is. */
export function connectionTable(state: LabState): ConnectionTable {
  const { docker } = state;
  if (docker === undefined) return { read: () => readFileSync('/proc/net/tcp', 'utf8'), own: [ownAddress] };
  const level = topologyOf(state);
  const networks = [hostNetwork, ...level.nodes.map(({ name }) => name)];
  const find = processFinder(state, toxiproxyProcess);
  let toxiproxy: ProcessIdentity | undefined;
  return {
    read() {
      if (toxiproxy === undefined || !isAlive(toxiproxy)) toxiproxy = find();
      return readFileSync(`/proc/${toxiproxy?.pid}/net/tcp`, 'utf8');
    },
    own: networks.map((network) => addressIn(level, network, 'host', docker.range)),
  };
}

import { FiredrillError } from '@firedrill/errors';
import type { ComponentName } from '@firedrill/provision';
import { databaseServers, type Edge, type Level } from '@firedrill/topology';
import type { LabState } from '../../state.ts';
import { planEdges } from '../../up/plan-ports.ts';
import type { WiringContext } from '../../wiring/wiring.ts';
import { containerKinds, programs } from './container-kinds.ts';
import { markedSecrets } from './secrets.ts';

/** Where the checkout's sources lie in the images that are built from it. */
export const sourcesFolder = '/firedrill';
/** Every node's folder lies here, as natively it lies in the lab's. */
export const labFolder = '/lab';
export const toxiproxyHost = 'toxiproxy';
/** Toxiproxy's own network, by which the host reaches its orders and the users' entry. */
export const hostNetwork = 'host';
const toxiproxyPort = 8474;
/** The first edge's proxy listens here, the next one port further. */
const firstEdgePort = 20_000;

/** Words that go before a command which refuses to run as root, in the image of PostgreSQL. */
export const asPostgres: readonly string[] = ['gosu', 'postgres'];

/** What differs between labs of one level. */
export type ContainerSetting = Pick<LabState, 'clock' | 'timers'> & Pick<WiringContext, 'givenNode'>;

/** What a level's wirings look at when each node is a container: every host has a name and every port its usual number. */
export function containerContext(
  level: Level,
  { givenNode, ...setting }: ContainerSetting = { clock: 'drill' },
): WiringContext {
  return {
    level,
    state: containerState(level, setting),
    hosts: {
      listen: '0.0.0.0',
      proxies: toxiproxyHost,
      node: (name) => name,
      advertised: () => undefined,
    },
    binary: programInImage,
    nodeJs: 'node',
    ...(givenNode === undefined ? {} : { givenNode }),
    notAsRoot: asPostgres,
    // A container's own root is on the disk that all of the engine's volumes are on.
    mountPoint: '/',
    now: 0,
  };
}

/** Toxiproxy by its address in the network of one node: what listens there is reached from that node alone. */
export const toxiproxyIn = (node: string): string => `${toxiproxyHost}.${node}`;

/** The users come from the host, and what is for several sources has no network of its own. */
export function isForOneNode({ nodes }: Level, { from }: Edge): boolean {
  const kind = nodes.find(({ name }) => name === from)?.kind;
  return kind !== undefined && kind !== 'load-client';
}

function containerState(level: Level, setting: Pick<LabState, 'clock' | 'timers'>): LabState {
  let nextPort = firstEdgePort;
  const nodes: Readonly<Record<string, Readonly<Record<string, number>>>> = Object.fromEntries(
    level.nodes.map((node) => [
      node.name,
      Object.fromEntries(node.ports.map((port) => [port, containerKinds[node.kind].ports[port] ?? 0])),
    ]),
  );
  return {
    labId: `compose-l${level.number}`,
    level: level.number,
    runtime: 'docker',
    ...setting,
    home: labFolder,
    checkout: sourcesFolder,
    scope: '',
    startedAt: new Date(0).toISOString(),
    bootId: '',
    nodes,
    probes: {},
    edges: planEdges(
      level,
      nodes,
      () => nextPort++,
      (edge) => (isForOneNode(level, edge) ? toxiproxyIn(edge.from) : undefined),
    ),
    primary: databaseServers(level)[0]?.name ?? '',
    promotions: [],
    toxiproxyPort,
    processComposeSocket: '',
    secrets: markedSecrets,
  };
}

function programInImage(component: ComponentName, executable: string): string {
  const path = programs[component]?.[executable];
  // A preparation that is only made natively (Prometheus' quiet history) may ask for what the image is not asked for.
  if (path === undefined)
    throw new FiredrillError('internal', `no path is known of ${executable} in the image of ${component}`);
  return path;
}

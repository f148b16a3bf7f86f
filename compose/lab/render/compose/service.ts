import { posix } from 'node:path';
import { type Component, componentByName } from '@firedrill/provision';
import { databaseServers, type Level, type Node } from '@firedrill/topology';
import { wirings } from '../../wiring/wire-level.ts';
import type { Wired, WiringContext } from '../../wiring/wiring.ts';
import { asPostgres, labFolder } from './container-context.ts';
import { type ContainerKind, containerKinds, type OwnImage } from './container-kinds.ts';
import { configsFolder, firstStart } from './first-start.ts';
import { addressIn } from './network-plan.ts';
import { publishedPort } from './published-port.ts';
import { type ContainerConfig, containerConfig } from './rendered-file.ts';
import { interpolated } from './secrets.ts';

/** One container as Compose knows it, with the files and the volumes that it needs. */
export interface Service {
  readonly name: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly configs: readonly ContainerConfig[];
  readonly volumes: readonly string[];
  /** Its network reaches the host, because one of its ports is published there. */
  readonly published: boolean;
}

const conditions = { started: 'service_started', completed: 'service_completed_successfully' } as const;

/**
 * Asked often only until it is up: an exec in a container costs far more than a request. An engine before 25 knows no such beginning: for
 * that one, whoever others wait for is asked often always.
 */
const checkTimes = ({ waitedFor = false }: ContainerKind) => ({
  interval: waitedFor ? '2s' : '10s',
  timeout: '3s',
  start_period: '60s',
  start_interval: '1s',
  retries: 3,
});

/** What every container has: it stays down when a fault has killed it, and may not become more than it is. */
export const common = {
  restart: 'no',
  stop_grace_period: '5s',
  security_opt: ['no-new-privileges:true'],
} as const;

export function imageOf(own: OwnImage): object {
  return { image: `${own.name}:local`, build: { context: '../..', dockerfile: own.dockerfile } };
}

/** Pure: the container of a node. Command, environment and files are the native wiring's own. */
export function nodeService(node: Node, wired: Wired, context: WiringContext): Service {
  const kind = containerKinds[node.kind];
  const component = wirings[node.kind].components?.[0];
  const inImage = relocate(node, kind);
  const prepared = isDatabase(node, context);
  const configs = prepared ? preparedConfigs(wired) : plainConfigs(wired, inImage);
  const native = prepared ? ['/bin/bash', `${configsFolder}/start.sh`] : withoutUser(wired.argv).map(inImage);
  const argv = kind.instead?.argv ?? native;
  const volumes = volumesOf(node, kind, context);
  return {
    name: node.name,
    published: kind.published !== undefined,
    configs,
    volumes: volumes.flatMap(({ source }) => (source.startsWith(`${node.name}-`) ? [source] : [])),
    definition: {
      ...(kind.own === undefined ? publicImage(component, kind) : imageOf(kind.own)),
      ...common,
      ...(kind.own === undefined ? {} : { read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] }),
      ...(kind.profile === undefined ? {} : { profiles: [kind.profile] }),
      ...(kind.user === undefined ? {} : { user: kind.user }),
      entrypoint: argv.slice(0, 1),
      command: argv.slice(1).map(interpolated),
      ...(prepared ? { working_dir: posix.join(labFolder, node.name), shm_size: '256m' } : {}),
      ...(Object.keys(wired.env).length === 0 ? {} : { environment: mapValues(wired.env, interpolated) }),
      ...dependencies(node, wired, context.level),
      ...portsOf(node, kind),
      networks: { [node.name]: { ipv4_address: addressIn(context.level, node.name, 'node') } },
      mem_limit: kind.memory,
      ...(kind.healthcheck === undefined
        ? {}
        : { healthcheck: { test: ['CMD', ...kind.healthcheck], ...checkTimes(kind) } }),
      ...(configs.length === 0
        ? {}
        : { configs: configs.map(({ name, target }) => ({ source: name, target })) }),
      ...(volumes.length === 0 ? {} : { volumes }),
    },
  };
}

/** Digest-ready: the table's image may carry `@sha256:…` behind its tag. */
function publicImage(
  component: Component['name'] | undefined,
  { instead, dockerfile }: ContainerKind,
): object {
  const image = instead?.image ?? (component === undefined ? '' : componentByName(component).image);
  return dockerfile === undefined ? { image } : { image, build: { context: '../..', dockerfile } };
}

const isDatabase = (node: Node, { level }: Pick<WiringContext, 'level'>): boolean =>
  databaseServers(level).some(({ name }) => name === node.name);

/** The official images have a user of their own. */
function withoutUser(argv: readonly string[]): readonly string[] {
  return asPostgres.every((word, index) => argv[index] === word) ? argv.slice(asPostgres.length) : argv;
}

/** A node's data folder → the folder that its image keeps for it, which its user may write. */
function relocate(node: Node, { data = {} }: ContainerKind): (text: string) => string {
  const own = posix.join(labFolder, node.name);
  return (text) =>
    Object.entries(data).reduce(
      (done, [folder, image]) => done.replaceAll(posix.join(own, folder), image),
      text,
    );
}

function preparedConfigs(wired: Wired): readonly ContainerConfig[] {
  const script = { path: 'start.sh', content: firstStart(wired) };
  return [...textFiles(wired), script].map(({ path, content }) =>
    containerConfig(wired.name, path, posix.join(configsFolder, path), content),
  );
}

function plainConfigs(wired: Wired, inImage: (text: string) => string): readonly ContainerConfig[] {
  return textFiles(wired).map(({ path, content }) =>
    containerConfig(wired.name, path, posix.join(labFolder, wired.name, path), inImage(content)),
  );
}

/** Not what is streamed: that is Prometheus' quiet history, which ends at the moment of the start. */
function textFiles(wired: Wired): readonly { readonly path: string; readonly content: string }[] {
  return wired.files.flatMap(({ path, content }) => (typeof content === 'string' ? [{ path, content }] : []));
}

interface Mount {
  readonly type: 'volume';
  readonly source: string;
  readonly target: string;
  readonly read_only?: true;
}

function volumesOf(node: Node, kind: ContainerKind, context: WiringContext): readonly Mount[] {
  const mount = (source: string, target: string): Mount => ({ type: 'volume', source, target });
  if (node.kind === 'collector') {
    return databaseServers(context.level).map(({ name }) => ({
      ...mount(`${name}-data`, posix.join(labFolder, name)),
      read_only: true,
    }));
  }
  const [image] = Object.values(kind.data ?? {});
  if (image !== undefined) return [mount(`${node.name}-data`, image)];
  const keeps = isDatabase(node, context) || ['payment-provider', 'receiver'].includes(node.kind);
  return keeps ? [mount(`${node.name}-data`, posix.join(labFolder, node.name))] : [];
}

function dependencies({ kind }: Node, { dependsOn }: Wired, { nodes }: Level): object {
  // Patroni ends, and stays down, when a store that is only starting answers it what it does not expect.
  const store = kind === 'patroni' ? nodes.find((node) => node.kind === 'etcd') : undefined;
  const entries = [
    ...Object.entries(dependsOn).map(([name, condition]) => [name, { condition: conditions[condition] }]),
    ...(store === undefined ? [] : [[store.name, { condition: 'service_healthy' }]]),
  ];
  return entries.length === 0 ? {} : { depends_on: Object.fromEntries(entries) };
}

function portsOf(node: Node, { ports, published = [] }: ContainerKind): object {
  if (published.length === 0) return {};
  return {
    ports: published.map((name) =>
      publishedPort(`${node.name}-${name}`, ports[name] ?? 0, 100 * ordinal(node)),
    ),
  };
}

/** `pg-2` → 1: how many of its kind come before it. */
const ordinal = (node: Node): number => Number(/-(\d+)$/.exec(node.name)?.[1] ?? 1) - 1;

const mapValues = (record: Readonly<Record<string, string>>, change: (text: string) => string) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

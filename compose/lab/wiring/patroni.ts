import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { databaseServers, type Node } from '@firedrill/topology';
import { stringify } from 'yaml';
import { advertisedName } from './hosts.ts';
import { rewindScript } from './patroni-rewind.ts';
import { patroniTimers } from './patroni-timers.ts';
import { at, edgePort, listenPort, through } from './ports.ts';
import { initialPassword, newData, serverSettings } from './postgres.ts';
import { createReplicator } from './postgres-replicated.ts';
import { replicationSettings, replicator } from './replication.ts';
import type { Preparation, Wire, WiredFile, WiringContext } from './wiring.ts';

const siteCustomize = readFileSync(join(import.meta.dirname, 'patroni', 'sitecustomize.py'), 'utf8');

const scope = 'shop';

/** Who may switch the leader by Patroni's REST interface. */
export const patroniUser = 'firedrill';

/** `host:port` that a node writes into etcd for its peers: the same for all, and at each of them another proxy. */
function advertise(node: string, port: string, { level, state }: WiringContext): string {
  const edge = level.edges.find((one) => one.advertised && one.to === node && one.port === port);
  return `${advertisedName(node)}:${edge === undefined ? 0 : edgePort(state, edge.name)}`;
}

/**
 * What all servers agree on, kept in etcd from the first start on. Strict: without a second server that has it no commit is
 * acknowledged, and no write is better than one that a failover loses.
 */
const agreed = ({ state }: WiringContext) => ({
  ...patroniTimers[state.timers ?? 'supported'],
  maximum_lag_on_failover: 16 * 1024 * 1024,
  // A leader whose PostgreSQL does not come up again in this time gives up its place, seconds.
  primary_start_timeout: 15,
  synchronous_mode: true,
  synchronous_mode_strict: true,
  postgresql: {
    use_pg_rewind: true,
    use_slots: true,
    // These must not differ between the servers, so Patroni takes them from nowhere else.
    parameters: { max_connections: 100, max_wal_senders: 10, max_replication_slots: 10 },
  },
});

/** In a standby's folder: the first server's data as it was before the first start. */
const prepared = 'prepared';

/** Where all servers are of one machine, what the first one begins with is copied: a standby then has only to follow it. */
function copies({ level, hosts, notAsRoot }: WiringContext): readonly Preparation[] {
  const [first, ...others] = databaseServers(level).map(({ name }) => name);
  if (first === undefined || hosts.advertised(level, first) === undefined) return [];
  return others.map((node) => ({
    title: `copy it for ${node}`,
    argv: [...notAsRoot, 'cp', '-R', 'data', join('..', node, prepared)],
  }));
}

/** How a standby gets its data. The prepared copy is there once; whatever empties it later, the leader is copied. */
function copyMethods(node: Node, { level, state, hosts }: WiringContext): object {
  if (hosts.advertised(level, node.name) === undefined) return {};
  const [from, to] = [prepared, 'data'].map((name) => join(state.home, node.name, name));
  return {
    create_replica_methods: [prepared, 'basebackup'],
    [prepared]: { command: `mv "${from}" "${to}"`, no_params: true },
  };
}

function patroniConfig(node: Node, context: WiringContext, rewind: WiredFile | undefined): string {
  const { level, state, binary } = context;
  const folder = join(state.home, node.name);
  const { postgresPassword, patroniPassword } = state.secrets;
  const store = level.edges.filter((edge) => edge.from === node.name && edge.port === 'client');
  const servers = databaseServers(level).map(({ name }) => name);
  const place = servers.indexOf(node.name);
  return stringify({
    scope,
    name: node.name,
    // Of those that could, the first confirms the commits: so it is known who takes over.
    tags: { sync_priority: servers.length - place },
    log: { level: 'INFO', deduplicate_heartbeat_logs: true },
    restapi: {
      listen: at(context, node.name, 'rest'),
      connect_address: advertise(node.name, 'rest', context),
      authentication: { username: patroniUser, password: patroniPassword },
    },
    // Otherwise it would ask etcd where its members are, and go round the proxies.
    etcd3: { hosts: store.map((edge) => through(context, edge.name)), use_proxies: true },
    // Who has no such part makes no cluster of its own: the first server is the leader of a new lab.
    ...(place === 0 ? { bootstrap: { dcs: agreed(context) } } : {}),
    postgresql: {
      listen: at(context, node.name, 'sql'),
      connect_address: advertise(node.name, 'sql', context),
      data_dir: join(folder, 'data'),
      bin_dir: dirname(binary('postgres', 'postgres')),
      ...(rewind === undefined ? {} : { bin_name: { pg_rewind: join(folder, rewind.path) } }),
      custom_conf: join(folder, 'postgresql.conf'),
      pgpass: join(folder, 'replication.pgpass'),
      authentication: {
        superuser: { username: 'postgres', password: postgresPassword },
        replication: { username: replicator, password: postgresPassword },
        rewind: { username: replicator, password: postgresPassword },
      },
      ...copyMethods(node, context),
      // A copy that is lost with its machine is copied again; to sync it would hold up every commit on this disk.
      basebackup: [{ checkpoint: 'fast' }, 'no-sync'],
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: true,
    },
  });
}

/** One PostgreSQL under Patroni, which starts it, and with the others decides through etcd who leads. */
export const wirePatroni: Wire = (node, context) => {
  const { hosts, level, state, binary, notAsRoot } = context;
  const folder = join(state.home, node.name);
  const first = databaseServers(level)[0]?.name === node.name;
  const peers = hosts.advertised(level, node.name);
  const rewind = rewindScript(node, context);
  return {
    name: node.name,
    files: [
      { path: 'patroni.yml', content: patroniConfig(node, context, rewind) },
      { path: 'postgresql.conf', content: serverSettings(node, context) + replicationSettings },
      { path: join('python', 'sitecustomize.py'), content: siteCustomize },
      ...(rewind === undefined ? [] : [rewind]),
      ...(first ? [initialPassword(context)] : []),
    ],
    preparations: first ? [...newData(node, context), createReplicator(context), ...copies(context)] : [],
    argv: [...notAsRoot, binary('patroni', 'patroni'), join(folder, 'patroni.yml')],
    env: {
      PYTHONPATH: join(folder, 'python'),
      PYTHONDONTWRITEBYTECODE: '1',
      FIREDRILL_PATRONI: '1',
      ...(peers === undefined ? {} : { FIREDRILL_PEERS: peers }),
      ...(state.timers === 'fast' ? { FIREDRILL_TIMERS: 'fast' } : {}),
    },
    // The leader is ready, and a standby that streams from it.
    probe: { kind: 'http', port: listenPort(state, node.name, 'rest'), path: '/readiness' },
    dependsOn: { toxiproxy: 'started' },
  };
};

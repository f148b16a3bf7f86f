import type { LabState } from '../state.ts';
import type { Hosts } from './hosts.ts';
import { edgePort } from './ports.ts';

/** The role by which servers follow each other: it may stream WAL and read what pg_rewind needs, nothing of the shop. */
export const replicator = 'replicator';

/** In a node's folder: there, the server is a standby of the one that it names. Removed only for a promotion. */
export const standbyFile = 'standby.conf';

/** In a node's folder: its data is no longer a copy of the upstream's past, whatever it looks like. */
export const rejoinFile = 'rejoin';

/** A slot's name has no hyphen. One per standby, on the server that it follows. */
export const slotOf = (node: string): string => node.replaceAll('-', '_');

/** Pure: `standby.conf` of `node`, which follows `upstream` through its own edge. start-postgres.sh reads it too. */
export function standbyConf(
  state: Pick<LabState, 'edges'>,
  { proxies }: Pick<Hosts, 'proxies'>,
  node: string,
  upstream: string,
): string {
  const port = edgePort(state, `${node}:${upstream}`);
  // The password comes from PGPASSFILE: a setting can be read by whoever may read settings.
  const conninfo = `host=${proxies} port=${port} user=${replicator} application_name=${node} connect_timeout=3`;
  return [
    `# ${node} follows ${upstream}`,
    `primary_conninfo = '${conninfo}'`,
    `primary_slot_name = '${slotOf(node)}'`,
    '',
  ].join('\n');
}

/** PGPASSFILE of every server. */
export const passwordFile = (password: string): string => `*:*:*:${replicator}:${password}\n`;

/** SQL, one statement a line, in the database `postgres`: what pg_rewind asks of its source without being superuser. */
export const replicatorSql = (password: string): readonly string[] => [
  `CREATE ROLE ${replicator} LOGIN REPLICATION PASSWORD '${password}' IN ROLE pg_use_reserved_connections`,
  ...[
    'pg_ls_dir(text, boolean, boolean)',
    'pg_stat_file(text, boolean)',
    'pg_read_binary_file(text)',
    'pg_read_binary_file(text, bigint, bigint, boolean)',
  ].map((signature) => `GRANT EXECUTE ON FUNCTION pg_catalog.${signature} TO ${replicator}`),
];

/**
 * The same for every server of a level with standbys, for each may be the primary one day.
 *
 * - Toxiproxy answers TCP itself, so only PostgreSQL's own time-outs see a peer that is away.
 * - No hot_standby_feedback: a standby that is cut off must not keep the primary from vacuuming. In its place a read that
 *   holds up replay for a second is cancelled; the shop asks the primary then.
 * - What a WAL setting is worth is measured (`pnpm bench wal`, docs/levels.md); those that are not here showed nothing.
 * - A standby that is away for long loses its slot and is copied anew, instead of filling the primary's disk.
 */
export const replicationSettings = `
recovery_target_timeline = 'latest'
hot_standby = on
hot_standby_feedback = off
max_standby_streaming_delay = 1s
wal_compression = pglz
wal_sender_timeout = 3s
wal_receiver_timeout = 3s
wal_retrieve_retry_interval = 500ms
max_slot_wal_keep_size = 256MB
`;

/** Where the lab itself says who follows whom: in files that start-postgres.sh and a promotion write. */
export const followSettings = `
include_if_exists = '${standbyFile}'
include_if_exists = 'joining.conf'
`;

/** One change to PostgreSQL's defaults, measured beside them. */
export interface WalVariant {
  readonly name: string;
  /** Set by ALTER SYSTEM, or given at its start to a server of its own. */
  readonly settings: Readonly<Record<string, string>>;
  readonly needsRestart?: true;
  /** What level 3 makes of the figures. */
  readonly verdict: string;
}

/** PostgreSQL 18's own values; measured twice in each round, and what differs between the two is noise. */
export const baseline = 'defaults';

export const walVariants: readonly WalVariant[] = [
  { name: baseline, settings: {}, verdict: '' },
  { name: 'defaults, again', settings: {}, verdict: 'the noise: a smaller difference means nothing' },
  {
    name: 'wal_compression = pglz',
    settings: { wal_compression: 'pglz' },
    verdict: '**set**: less to write, send and replay, at no cost in speed',
  },
  {
    name: 'commit_delay = 200',
    settings: { commit_delay: '200', commit_siblings: '2' },
    verdict: 'left: within the noise',
  },
  {
    name: 'wal_sync_method = open_datasync',
    settings: { wal_sync_method: 'open_datasync' },
    verdict: 'left: within the noise',
  },
  {
    name: 'wal_buffers = 16MB',
    settings: { wal_buffers: '16MB' },
    needsRestart: true,
    verdict:
      'left: within the noise (on a server of its own with younger tables, so its WAL does not compare)',
  },
  {
    name: 'synchronous_commit = off',
    settings: { synchronous_commit: 'off' },
    verdict: 'left on: this is what the promise of a 2xx costs',
  },
];

import type { ReplicaUrl } from '../../config/replica-urls.ts';
import type { OwnRead, ReplicaMetrics } from '../../telemetry/replica-metrics.ts';
import type { Database } from '../database.ts';
import { notePosition } from '../session/position.ts';
import type { Look } from '../transaction.ts';
import { primaryOnly, type ReadRouter } from './read-router.ts';
import { replicaRouter } from './replica-router.ts';
import { WatchedServer } from './watched-server.ts';

export interface ReadsOptions {
  readonly primary: Database;
  readonly primaryUrl: string;
  readonly replicaUrls: readonly ReplicaUrl[];
  readonly poolSize: number;
  /** What a read may spend at a replica before it goes to the primary, milliseconds. */
  readonly replicaDeadlineMs: number;
  readonly limitMs: number;
  metricsOf(servers: readonly WatchedServer[]): Pick<ReplicaMetrics, 'countRead' | 'countOwnRead'>;
  open(pool: PoolOptions): Database;
}

export interface PoolOptions {
  readonly name: string;
  readonly url: string;
  readonly size: number;
  readonly deadlineMs: number;
  /** See {@link DatabaseOptions.last}. */
  readonly last?: () => Look | undefined;
}

export interface Reads {
  readonly router: ReadRouter;
  /** To be asked again and again; none without replicas. */
  readonly watched: readonly WatchedServer[];
  /** By name. */
  readonly pools: Readonly<Record<string, Database>>;
  close(): Promise<void>;
}

/** The router that the configuration asks for, with the pools it needs. */
export function openReads(options: ReadsOptions): Reads {
  if (options.replicaUrls.length === 0) {
    return { router: primaryOnly(options.primary), watched: [], pools: {}, close: async () => {} };
  }
  const deadlineMs = options.replicaDeadlineMs;
  const opened: Database[] = [];
  const open = (pool: Omit<PoolOptions, 'deadlineMs'>) => {
    const database = options.open({ ...pool, deadlineMs });
    opened.push(database);
    return database;
  };
  const watch = ({ name, url }: ReplicaUrl) =>
    new WatchedServer({
      name,
      probe: open({ name: `watch ${name}`, url, size: 1 }),
      probeDeadlineMs: deadlineMs,
    });
  const primaryServer = watch({ name: 'primary', url: options.primaryUrl });
  const replicas = options.replicaUrls.map((replica) => ({
    server: watch(replica),
    database: open({
      name: `reads ${replica.name}`,
      url: replica.url,
      size: options.poolSize,
      last: () => notePosition('replica'),
    }),
  }));
  const servers = replicas.map((replica) => replica.server);
  const metrics = options.metricsOf(servers);
  const { primary, limitMs } = options;
  const onRead = (from: string) => metrics.countRead(from);
  const onOwnRead = (how: OwnRead) => metrics.countOwnRead(how);
  return {
    router: replicaRouter({ primary, primaryServer, replicas, limitMs, onRead, onOwnRead }),
    watched: [primaryServer, ...servers],
    pools: Object.fromEntries(replicas.map(({ server, database }) => [`reads ${server.name}`, database])),
    close: async () => {
      await Promise.all(opened.map((database) => database.close()));
    },
  };
}

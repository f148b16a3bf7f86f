import { z } from 'zod';
import {
  levelSchema,
  listenHostSchema,
  millisecondsSchema,
  partitionFields,
  portSchema,
  switchSchema,
} from './read-config.ts';
import { replicaUrlsSchema } from './replica-urls.ts';

/** The shop's environment. Deadlines must grow outwards: database < payment < request. */
export const shopConfigSchema = z
  .object({
    NODE_NAME: z.string().min(1).default('api-1'),
    SHOP_HTTP_HOST: listenHostSchema,
    SHOP_HTTP_PORT: portSchema,
    SHOP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    SHOP_PAYMENT_URL: z.url({ protocol: /^http$/ }),
    SHOP_PAYMENT_TOKEN: z.string().min(8),
    SHOP_LEVEL: levelSchema,
    /** The part of the shop's data that this database has, as tokens name it. */
    SHOP_SHARD: z
      .string()
      .regex(/^[a-z0-9-]{1,32}$/)
      .default('s1'),
    /** Every server that may be a replica; which of them are in recovery, the shop finds out itself. */
    SHOP_REPLICA_URLS: replicaUrlsSchema,
    /** A replica that is further behind serves no read while the primary answers. */
    SHOP_STALENESS_MS: millisecondsSchema(2000),
    /** Keeps what feeds are made of as documents, too, and reads feeds from there. */
    SHOP_FEED_URL: z.url({ protocol: /^mongodb$/ }).optional(),
    /** Database connections for requests; the workers have {@link workerPoolSize} of their own. */
    SHOP_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(6),
    /** Requests under way at once; one more is answered 503 at once. */
    SHOP_MAX_UNDER_WAY: z.coerce.number().int().min(1).max(10_000).default(64),
    SHOP_DATABASE_DEADLINE_MS: millisecondsSchema(800),
    SHOP_PAYMENT_DEADLINE_MS: millisecondsSchema(1500),
    SHOP_REQUEST_DEADLINE_MS: millisecondsSchema(2500),
    /**
     * How long a request may work on a key before another may take it over. Shorter than a request it wastes work, but
     * two that work on one order still do no harm.
     */
    SHOP_KEY_LOCK_MS: millisecondsSchema(3000),
    SHOP_HOLD_MS: millisecondsSchema(15_000),
    SHOP_SWEEP_GRACE_MS: millisecondsSchema(3000),
    SHOP_SWEEP_EVERY_MS: millisecondsSchema(500),
    SHOP_RECONCILE_EVERY_MS: millisecondsSchema(5000),
    SHOP_LEASE_MS: millisecondsSchema(3000),
    /** What an operator may change while the shop runs: `Modes` says what each does. */
    SHOP_READ_ONLY: switchSchema,
    SHOP_CAPTURE_LATER: switchSchema,
    SHOP_SHED_SHARE: z.coerce.number().min(0).max(1).default(0),
    /** The name of what runs: which entry, and which of these settings. */
    SHOP_RELEASE: z
      .string()
      .regex(/^[\w.-]{1,60}$/)
      .default('unnamed'),
    /** The program that the release is, from target-app; `src/start-main.ts` runs it. */
    SHOP_ENTRY: z
      .string()
      .regex(/^(src|releases)\/[\w-]+\.ts$/)
      .default('src/main.ts'),
    /** What an operator must send as a bearer token; without it there is no `/admin`. */
    SHOP_ADMIN_TOKEN: z.string().min(8).optional(),
    /** A file of `NAME=value` lines that go before the environment, read at the start and at `POST /admin/reload`. */
    SHOP_SETTINGS: z.string().min(1).optional(),
    /** How long a charge of an order that the database does not know is watched before it is voided. */
    SHOP_ORPHAN_AGE_MS: millisecondsSchema(10_000),
    ...partitionFields,
  })
  .refine(
    (env) =>
      env.SHOP_DATABASE_DEADLINE_MS < env.SHOP_PAYMENT_DEADLINE_MS &&
      env.SHOP_PAYMENT_DEADLINE_MS < env.SHOP_REQUEST_DEADLINE_MS,
    { path: ['SHOP_…_DEADLINE_MS'], message: 'must be database < payment < request' },
  );

export type ShopConfig = Readonly<z.output<typeof shopConfigSchema>>;

export const workerPoolSize = 3;

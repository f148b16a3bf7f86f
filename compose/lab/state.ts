import { feedStores } from '@firedrill/topology';
import { z } from 'zod';

const port = z.number().int().min(1024).max(32767);
/** Where something listens, if not on 127.0.0.1. */
const host = z.string().optional();

/** How a node says that it is ready, asked on its real listener and never through an edge. */
export const probeSchema = z.discriminatedUnion('kind', [
  /** A GET that answers 2xx. */
  z.strictObject({ kind: z.literal('http'), host, port, path: z.string() }),
  /** A startup packet that is answered by an authentication request, as pg_isready asks. */
  z.strictObject({ kind: z.literal('postgres'), host, port, database: z.string().optional() }),
  /** A `ping` that is answered. */
  z.strictObject({ kind: z.literal('mongodb'), host, port }),
]);

/** A standby that was made the primary by hand. */
const promotionSchema = z.strictObject({
  /** When the old primary could take nothing durable any more, and when the new one took its first write. */
  fencedAt: z.iso.datetime({ precision: 3 }),
  promotedAt: z.iso.datetime({ precision: 3 }),
  from: z.string(),
  to: z.string(),
  /** The timeline that the promotion began. */
  timeline: z.number().int(),
  /** How far the standby had replayed when it was promoted: what was committed later on the old primary is lost. */
  lsn: z.string(),
  /** Commit time of the last transaction that it had replayed; absent when it never replayed one. */
  lastReplayedAt: z.iso.datetime({ precision: 3 }).optional(),
});

/** What is true only of a lab whose nodes are containers. */
const dockerSchema = z.strictObject({
  /** The unix socket of the engine's API. */
  socket: z.string(),
  /** Compose's name for all that belongs to the lab. */
  project: z.string(),
  /** The first two numbers of all its addresses. */
  range: z.string(),
  /** Node or process → its container; empty until they are made. */
  containers: z.record(z.string(), z.string()),
});

/** `lab.json` in the lab's folder (mode 0600): all that another process needs to talk to a running lab. */
export const labStateSchema = z.strictObject({
  /** `<8 hex of the checkout's path>-l<level>`; every process of the lab carries it as FIREDRILL_LAB. */
  labId: z.string(),
  level: z.number().int(),
  runtime: z.enum(['native', 'docker']),
  clock: z.enum(['drill', 'production']),
  /** How soon a lost leader is replaced; `fast` is below what Patroni supports. Only where there is one. */
  timers: z.enum(['supported', 'fast']).optional(),
  /** Where feeds are kept; absent: in the database. */
  feed: z.enum(feedStores).optional(),
  /** The lab's folder; every process of the lab has its working directory below it. */
  home: z.string(),
  checkout: z.string(),
  /** FIREDRILL_LAB_SCOPE when it was started: separates labs of one checkout and level. */
  scope: z.string(),
  startedAt: z.iso.datetime(),
  bootId: z.string(),
  /** node name → port name → the real listener's port, on 127.0.0.1 or at its address. */
  nodes: z.record(z.string(), z.record(z.string(), port)),
  /** Node or process → its own address, where that is not 127.0.0.1. */
  addresses: z.record(z.string(), z.string()).optional(),
  /** node name → its readiness; only the nodes that the lab itself starts (the load client is started by a run). */
  probes: z.record(z.string(), probeSchema),
  /** edge name → the proxy's port; `host`: its address, where it is not 127.0.0.1. */
  edges: z.record(
    z.string(),
    z.strictObject({
      host,
      listen: port,
      upstream: port,
      /** What Toxiproxy itself is told of both ends, where that is not what they are from here. */
      proxy: z.strictObject({ listen: z.string(), upstream: z.string() }).optional(),
    }),
  ),
  /** Nodes that have a disk of their own, of so many bytes, for a run that fills it. */
  disks: z.record(z.string(), z.strictObject({ bytes: z.number().int().positive() })).optional(),
  /** The PostgreSQL that takes the writes; a promotion changes it. */
  primary: z.string(),
  /** Oldest first. */
  promotions: z.array(promotionSchema),
  toxiproxyPort: port,
  /** process-compose's API; empty where there is none. */
  processComposeSocket: z.string(),
  docker: dockerSchema.optional(),
  /** Random per lab. */
  secrets: z.strictObject({
    postgresPassword: z.string(),
    exporterPassword: z.string(),
    receiverToken: z.string(),
    /** The shop's first key at the payment provider; an operator may have rotated it since. */
    paymentToken: z.string(),
    /** What an operator sends to `/admin` of the APIs and of the payment provider. */
    adminToken: z.string(),
    patroniPassword: z.string(),
  }),
});

export type Probe = Readonly<z.infer<typeof probeSchema>>;
export type Promotion = Readonly<z.infer<typeof promotionSchema>>;
export type LabState = Readonly<z.infer<typeof labStateSchema>>;

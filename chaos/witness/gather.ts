import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionTable, NodeReading } from '@firedrill/lab/control';
import type { WitnessReading } from '../journal/event.ts';
import { EdgeUsers } from './edge-users.ts';
import type { Gauge } from './gauges.ts';
import type { OldConnection } from './old-connection.ts';
import type { Ask } from './pace.ts';
import { type Endpoint, type Probe, probeHangUp, probeNew, probeToTheEnd } from './probe.ts';
import { tally } from './tally.ts';

export type Stage = WitnessReading['stage'];

/** What a witness looks at. */
export interface Sights {
  /** Edges that the fault names or whose accepting node it breaks. */
  readonly touched: readonly Endpoint[];
  /** All others: the blast radius is what they say. */
  readonly untouched: readonly Endpoint[];
  /** Nodes that the fault breaks. */
  readonly nodes: readonly string[];
  readonly readNodes: () => Promise<readonly NodeReading[]>;
  /** Where the kernel tells who uses the touched edges; default: on this machine. */
  readonly connections?: ConnectionTable;
  /** Reads figures of the nodes while the fault is in, and for a moment before and after. */
  readonly gauge?: Gauge;
  /** Ask the other end of each touched edge to hang up, too: that tells which way is cut. */
  readonly hangUp?: boolean;
}

/** How often, and when, each edge is asked. */
export interface Rhythm {
  readonly touched: (ask: Ask) => Promise<readonly Probe[]>;
  readonly untouched: (endpoint: Endpoint, ask: Ask) => Promise<readonly Probe[]>;
}

export interface GatherOptions {
  readonly stage: Stage;
  readonly sights: Sights;
  /** Of the touched edges, from before the fault. */
  readonly old: readonly OldConnection[];
  /** Of one round trip, ms. */
  readonly deadlineMs: number;
  readonly rhythm: Rhythm;
  /** Ends the reading of figures; without one they are read for a moment. */
  readonly signal: AbortSignal | undefined;
}

/** Between two looks at who else uses the touched edges, ms. */
const lookEveryMs = 250;

/** Of an edge whose other end closes each connection after its answer. */
const noneOld = { kind: 'edge', role: 'touched', connection: 'old', outcomes: {}, oneAnswer: true } as const;

/** One reading of each edge and node, all at the same time, and of who else used the touched edges meanwhile. */
export async function gather(options: GatherOptions): Promise<readonly WitnessReading[]> {
  const { stage, sights, old, deadlineMs, rhythm } = options;
  const { touched, untouched, nodes, hangUp, connections } = sights;
  const edge = async (
    target: string,
    role: WitnessReading['role'],
    connection: WitnessReading['connection'],
    probes: Promise<readonly Probe[]>,
  ): Promise<WitnessReading> => tally({ stage, target, kind: 'edge', role, connection }, await probes);
  const each = (connection: 'new' | 'hang-up', probe: typeof probeNew) =>
    touched.map((one) =>
      edge(
        one.edge,
        'touched',
        connection,
        rhythm.touched(() => probe(one, deadlineMs)),
      ),
    );
  // A few probes are over in a moment, and who uses an edge now and then need not come just then.
  const users = new EdgeUsers(touched, stage === 'before' ? 'a minute' : 'now', connections);
  const readings = Promise.all([
    ...each('new', probeToTheEnd),
    ...old.map((one) =>
      edge(
        one.edge,
        'touched',
        'old',
        rhythm.touched(() => one.ask()),
      ),
    ),
    ...touched
      .filter(({ oneAnswer }) => oneAnswer === true)
      .map(({ edge: target }) => ({ ...noneOld, stage, target })),
    ...(hangUp ? each('hang-up', probeHangUp) : []),
    ...untouched.map((one) =>
      edge(
        one.edge,
        'untouched',
        'new',
        rhythm.untouched(one, () => probeNew(one, deadlineMs)),
      ),
    ),
    ...nodes.map((node) => nodeReading(node, options)),
  ]);
  const looking = new AbortController();
  const looked = lookAtUsers(users, looking.signal);
  const all = await readings;
  looking.abort();
  await looked;
  return all.map((reading) => withUsers(reading, users));
}

async function nodeReading(node: string, { stage, sights, signal }: GatherOptions): Promise<WitnessReading> {
  const heading = {
    stage,
    target: node,
    kind: 'node',
    role: 'touched',
    connection: 'process',
    outcomes: {},
  } as const;
  const { readNodes, gauge } = sights;
  const [found, figures] = await Promise.all([
    readNodes()
      .then((nodes) => nodes.find((reading) => reading.node === node))
      .catch(() => undefined),
    gauge?.(node, signal),
  ]);
  return {
    ...heading,
    ...(found === undefined ? {} : { running: found.running }),
    ...(figures === undefined || Object.keys(figures).length === 0 ? {} : { figures }),
  };
}

async function lookAtUsers(users: EdgeUsers, signal: AbortSignal): Promise<void> {
  do {
    users.look();
    await sleep(lookEveryMs, undefined, { signal }).catch(() => {});
  } while (!signal.aborted);
  users.look();
}

function withUsers(reading: WitnessReading, users: EdgeUsers): WitnessReading {
  const others =
    reading.role === 'touched' && reading.connection === 'new' ? users.seen(reading.target) : undefined;
  return others === undefined ? reading : { ...reading, others };
}

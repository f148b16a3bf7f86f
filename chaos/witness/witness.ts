import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionTable, NodeReading } from '@firedrill/lab/control';
import type { WitnessReading } from '../journal/event.ts';
import { EdgeUsers } from './edge-users.ts';
import type { Gauge } from './gauges.ts';
import { probeDeadlineMs } from './judgement.ts';
import { OldConnection } from './old-connection.ts';
import { type Endpoint, type Probe, probeHangUp, probeNew, probeToTheEnd } from './probe.ts';
import { fewestToSpareOne, isAnswered } from './rules.ts';
import { tally } from './tally.ts';

type Stage = WitnessReading['stage'];

export interface WitnessOptions {
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
  /** A round trip that takes longer counts as timed out, ms. Default 2000. */
  readonly deadlineMs?: number;
  /**
   * Pause between two probes of a touched edge, ms; untouched ones get six times as long, or more where they are so many
   * that the witness would be a load of its own. Default 250.
   */
  readonly periodMs?: number;
}

/** No more than one untouched edge is asked in this time, ms. */
const untouchedPaceMs = 150;
/** Between two looks at who else uses the touched edges, ms. */
const lookEveryMs = 250;
/** Of each touched edge, once it answers again. */
const afterProbes = 8;

function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}

/** Of an edge whose other end closes each connection after its answer. */
const noneOld = { kind: 'edge', role: 'touched', connection: 'old', outcomes: {}, oneAnswer: true } as const;

type Ask = () => Promise<Probe | undefined>;

/** One after another; an ask without an answer counts as one of them. */
async function repeated(times: number, ask: Ask): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (let i = 0; i < times; i += 1) {
    const probe = await ask();
    if (probe !== undefined) probes.push(probe);
  }
  return probes;
}

/** Of so few that none can be spared: it is asked again soon, for a machine that stalls makes one late. */
const oneWasLate = (probes: readonly Probe[]): boolean =>
  probes.length < fewestToSpareOne && probes.some(({ outcome }) => outcome === 'timed-out');

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

/** Measures, from where the source of each edge sits, whether a fault bites, and only there. */
export class Witness {
  readonly #options: WitnessOptions;
  readonly #deadlineMs: number;
  readonly #periodMs: number;
  readonly #old: readonly OldConnection[];
  #closed: boolean = false;
  #during:
    | { readonly stop: AbortController; readonly readings: Promise<readonly WitnessReading[]> }
    | undefined;

  constructor(options: WitnessOptions) {
    this.#options = options;
    this.#deadlineMs = options.deadlineMs ?? probeDeadlineMs;
    this.#periodMs = options.periodMs ?? 250;
    this.#old = options.touched
      .filter(({ oneAnswer }) => oneAnswer !== true)
      .map((endpoint) => new OldConnection(endpoint, this.#deadlineMs));
  }

  /**
   * Opens the old connections and measures while all is whole.
   * @param elsewhere the untouched edges too; once is enough where there are several witnesses.
   */
  before(elsewhere = true): Promise<readonly WitnessReading[]> {
    return this.#measure('before', 8, elsewhere ? 3 : 0);
  }

  /** Call it as soon as the fault is in. */
  startDuring(): void {
    const stop = new AbortController();
    this.#during = { stop, readings: this.#watch(stop.signal) };
  }

  /** Call it just before the heal; waits for the probes that are under way at most one deadline. */
  async stopDuring(): Promise<readonly WitnessReading[]> {
    this.#during?.stop.abort();
    return (await this.#during?.readings) ?? [];
  }

  /**
   * Call it after the heal: waits until the touched edges answer again, at most `patienceMs`, then measures. An edge that does not
   * stay is measured again within that time: a server that lost its place answers, is taken back to the others, and answers again.
   */
  async after(patienceMs: number, elsewhere = true): Promise<readonly WitnessReading[]> {
    const deadline = performance.now() + patienceMs;
    await Promise.all(this.#options.touched.map((endpoint) => this.#answers(endpoint, deadline)));
    const readings = await this.#measure('after', afterProbes, elsewhere ? 3 : 0);
    return Promise.all(readings.map((reading) => this.#untilWell(reading, deadline)));
  }

  async #answers(endpoint: Endpoint, deadline: number): Promise<void> {
    while (!this.#closed && performance.now() < deadline) {
      if ((await probeNew(endpoint, this.#deadlineMs)).outcome === 'answered') return;
      await sleep(this.#periodMs);
    }
  }

  async #untilWell(first: WitnessReading, deadline: number): Promise<WitnessReading> {
    const endpoint = this.#options.touched.find(({ edge }) => edge === first.target);
    if (endpoint === undefined || first.connection !== 'new') return first;
    let reading = first;
    while (!isAnswered(reading) && !this.#closed && performance.now() < deadline) {
      await this.#answers(endpoint, deadline);
      const probes = await repeated(afterProbes, () => probeToTheEnd(endpoint, this.#deadlineMs));
      const { stage, target, kind, role, connection } = first;
      reading = tally({ stage, target, kind, role, connection }, probes);
    }
    return reading;
  }

  close(): void {
    this.#closed = true;
    this.#during?.stop.abort();
    for (const connection of this.#old) connection.close();
  }

  async #measure(
    stage: Stage,
    touchedProbes: number,
    untouchedProbes: number,
  ): Promise<readonly WitnessReading[]> {
    const inTurn = oneAtATime();
    return this.#gather(stage, undefined, {
      touched: (ask) => repeated(touchedProbes, ask),
      // One after another: fifteen handshakes at once would measure each other.
      untouched: (_endpoint, ask) => inTurn(() => repeated(untouchedProbes, ask)),
    });
  }

  #watch(signal: AbortSignal): Promise<readonly WitnessReading[]> {
    const until = async (periodMs: number, ask: Ask, firstMs = 0): Promise<readonly Probe[]> => {
      const probes: Probe[] = [];
      await sleep(firstMs, undefined, { signal }).catch(() => {});
      while (!signal.aborted) {
        const probe = await ask();
        // What began in the fault and ended after it would mix the two stages.
        if (probe !== undefined && !signal.aborted) probes.push(probe);
        const pauseMs = oneWasLate(probes) ? this.#periodMs : periodMs;
        await sleep(pauseMs, undefined, { signal }).catch(() => {});
      }
      return probes;
    };
    const { untouched } = this.#options;
    const untouchedMs = Math.max(6 * this.#periodMs, untouchedPaceMs * untouched.length);
    return this.#gather('during', signal, {
      touched: (ask) => until(this.#periodMs, ask),
      untouched: (endpoint, ask) => {
        const place = untouched.indexOf(endpoint) / untouched.length;
        return until(untouchedMs, ask, place * untouchedMs);
      },
    });
  }

  async #gather(
    stage: Stage,
    signal: AbortSignal | undefined,
    repeat: {
      readonly touched: (ask: Ask) => Promise<readonly Probe[]>;
      readonly untouched: (endpoint: Endpoint, ask: Ask) => Promise<readonly Probe[]>;
    },
  ): Promise<readonly WitnessReading[]> {
    const { touched, untouched, nodes, hangUp } = this.#options;
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
          repeat.touched(() => probe(one, this.#deadlineMs)),
        ),
      );
    // A few probes are over in a moment, and who uses an edge now and then need not come just then.
    const users = new EdgeUsers(touched, stage === 'before' ? 'a minute' : 'now', this.#options.connections);
    const readings = Promise.all([
      ...each('new', probeToTheEnd),
      ...this.#old.map((one) =>
        edge(
          one.edge,
          'touched',
          'old',
          repeat.touched(() => one.ask()),
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
          repeat.untouched(one, () => probeNew(one, this.#deadlineMs)),
        ),
      ),
      ...nodes.map((node) => this.#node(stage, node, signal)),
    ]);
    const looking = new AbortController();
    const looked = lookAtUsers(users, looking.signal);
    const all = await readings;
    looking.abort();
    await looked;
    return all.map((reading) => withUsers(reading, users));
  }

  async #node(stage: Stage, node: string, signal: AbortSignal | undefined): Promise<WitnessReading> {
    const heading = {
      stage,
      target: node,
      kind: 'node',
      role: 'touched',
      connection: 'process',
      outcomes: {},
    } as const;
    const { readNodes, gauge } = this.#options;
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
}

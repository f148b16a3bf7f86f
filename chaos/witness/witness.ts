import { setTimeout as sleep } from 'node:timers/promises';
import type { WitnessReading } from '../journal/event.ts';
import { gather, type Rhythm, type Sights, type Stage } from './gather.ts';
import { probeDeadlineMs } from './judgement.ts';
import { OldConnection } from './old-connection.ts';
import { oneAtATime, repeated, untilStopped } from './pace.ts';
import { type Endpoint, probeNew, probeToTheEnd } from './probe.ts';
import { isAnswered } from './rules.ts';
import { tally } from './tally.ts';

export interface WitnessOptions extends Sights {
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
/** Of each touched edge, once it answers again. */
const afterProbes = 8;

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

  close(): void {
    this.#closed = true;
    this.#during?.stop.abort();
    for (const connection of this.#old) connection.close();
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

  #measure(stage: Stage, touchedProbes: number, untouchedProbes: number): Promise<readonly WitnessReading[]> {
    const inTurn = oneAtATime();
    return this.#gather(stage, undefined, {
      touched: (ask) => repeated(touchedProbes, ask),
      // One after another: fifteen handshakes at once would measure each other.
      untouched: (_endpoint, ask) => inTurn(() => repeated(untouchedProbes, ask)),
    });
  }

  #watch(signal: AbortSignal): Promise<readonly WitnessReading[]> {
    const { untouched } = this.#options;
    const soonMs = this.#periodMs;
    const periodMs = Math.max(6 * this.#periodMs, untouchedPaceMs * untouched.length);
    return this.#gather('during', signal, {
      touched: (ask) => untilStopped(signal, { periodMs: this.#periodMs, soonMs }, ask),
      untouched: (endpoint, ask) => {
        const place = untouched.indexOf(endpoint) / untouched.length;
        return untilStopped(signal, { firstMs: place * periodMs, periodMs, soonMs }, ask);
      },
    });
  }

  #gather(stage: Stage, signal: AbortSignal | undefined, rhythm: Rhythm): Promise<readonly WitnessReading[]> {
    const [sights, old, deadlineMs] = [this.#options, this.#old, this.#deadlineMs];
    return gather({ stage, sights, old, deadlineMs, rhythm, signal });
  }
}

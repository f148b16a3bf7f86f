import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LoadClient } from '../load/load-client.ts';
import type { LoadProgress, LoadSettled, LoadStopped } from '../load/protocol.ts';
import type { ConductOptions } from './conduct-options.ts';
import { enterPhase } from './enter-phase.ts';
import { LoadClock } from './load-clock.ts';
import { badSoFar, describeLoad } from './load-figures.ts';
import { unlessStopped } from './unless-stopped.ts';

export type LoadSessionOptions = Pick<ConductOptions, 'plan' | 'record' | 'progress' | 'stop'>;

/** Prometheus must scrape the load client before the first request. */
const startPatienceMs = 30_000;
const quitPatienceMs = 5000;

/** The load of one run, from its first request to the retries of what it does not know. */
export class LoadSession {
  readonly #options: LoadSessionOptions;
  readonly #client: LoadClient;
  #latest: LoadProgress | undefined;
  #startedAtMs: number | undefined;
  #ends: boolean = false;

  constructor(client: LoadClient, options: LoadSessionOptions) {
    this.#client = client;
    this.#options = options;
    void client.exit.then(({ code, signal }) => {
      if (!this.#ends) options.stop.ask(`the load client ended (${signal ?? code})`);
    });
  }

  /** `undefined` before the first second is over. */
  get latest(): LoadProgress | undefined {
    return this.#latest;
  }
  /** Since the epoch; `undefined` when it never started. */
  get startedAtMs(): number | undefined {
    return this.#startedAtMs;
  }

  /** Shows the load's figures, and stops a run that costs its users more than the plan allows. */
  follow(describeAlerts: () => string): void {
    const { plan, progress, stop } = this.#options;
    const { badEventsAtMost } = plan.abort;
    this.#client.onProgress((latest) => {
      this.#latest = latest;
      progress.figure(`${describeLoad(latest)}, ${describeAlerts()}`);
      if (badSoFar(latest) > badEventsAtMost)
        stop.ask(`over the budget of the run: more than ${badEventsAtMost} bad answers`);
    });
  }

  /** Sends the first request. @throws {FiredrillError} `control-failed` when Prometheus does not see the client. */
  async start(): Promise<LoadClock> {
    const { record, stop } = this.#options;
    await unlessStopped(stop, this.#client.ready);
    const unseen = sleep(startPatienceMs, undefined, { ref: false }).then(() => {
      throw new FiredrillError(
        'control-failed',
        `Prometheus did not scrape the load client in ${startPatienceMs / 1000} s`,
      );
    });
    const { startedAtMs } = await unlessStopped(stop, Promise.race([this.#client.start(), unseen]));
    this.#startedAtMs = startedAtMs;
    const clock = new LoadClock(startedAtMs, stop);
    record({ type: 'load-started', startedAtMs });
    return clock;
  }

  /** Sends no more, waits for what is in flight, and retries by key; never throws. */
  async drain(): Promise<void> {
    const { record, progress, stop } = this.#options;
    this.#ends = true;
    let stopped: LoadStopped | undefined;
    let settled: LoadSettled | undefined;
    try {
      stopped = await this.#client.stop();
      enterPhase(this.#options, 'settle', 'retry half of the unknown orders by key, leave half alone');
      // Nobody waits for a tidy end after Ctrl-C.
      if (stop.reason === undefined) settled = await this.#client.settle();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      record({ type: 'problem', code: 'load-client', message });
      this.#client.kill();
    }
    if (stopped === undefined) return;
    const { sent, late, dropped } = stopped;
    const retried = settled?.retried ?? 0;
    record({ type: 'load-stopped', sent, late, dropped, retried });
    progress.note(`load: ${sent} sent, ${late} late, ${dropped} dropped, ${retried} retried by key`);
  }

  /** Ends the process: asked first, then killed. */
  async quit(): Promise<void> {
    await Promise.race([this.#client.quit(), sleep(quitPatienceMs, undefined, { ref: false })]);
    this.#client.kill();
  }
}

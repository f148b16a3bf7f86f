import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { nodeUrl } from '@firedrill/lab';
import { RefusedQuery, readValues } from './alert-sources.ts';
import type { AlertWatch } from './alert-watch.ts';
import type { ConductOptions } from './conduct-options.ts';
import { describeGuard, type GuardQuery, offending } from './guard-query.ts';

const everyMs = 500;
/** A guard that sees nothing for so long guards nothing. */
const blindMs = 15_000;

/** Stops a run when one of the alerts or queries that its plan names says so. Its budget is watched by the load session. */
export class Guards {
  readonly #options: Pick<ConductOptions, 'plan' | 'lab' | 'stop'>;
  readonly #watch: AlertWatch;
  readonly #now: () => number;
  readonly #end = new AbortController();
  #running: Promise<void> | undefined;

  /** @param now a monotonic clock, ms. */
  constructor(
    options: Pick<ConductOptions, 'plan' | 'lab' | 'stop'>,
    watch: AlertWatch,
    now: () => number = () => performance.now(),
  ) {
    this.#options = options;
    this.#watch = watch;
    this.#now = now;
  }

  /**
   * What would stop the run if it began now.
   * @throws {FiredrillError} `control-failed` for a query that Prometheus refuses: it would guard nothing.
   */
  async offending(): Promise<readonly string[]> {
    const { alerts, queries } = this.#options.plan.abort;
    const found = alerts.filter((alert) => this.#watch.isFiring(alert)).map(({ alert }) => alert);
    for (const guard of queries) {
      try {
        const offence = await this.#ask(guard);
        if (offence !== undefined) found.push(offence);
      } catch (error) {
        // Who does not answer at all is told by the guard itself, in time.
        if (!(error instanceof RefusedQuery)) continue;
        throw new FiredrillError(
          'control-failed',
          `Prometheus refuses the guard ${guard.query}: ${error.message}`,
        );
      }
    }
    return found;
  }

  start(): void {
    const { alerts, queries } = this.#options.plan.abort;
    if (alerts.length + queries.length > 0) this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { plan, stop } = this.#options;
    const seen = new Map(plan.abort.queries.map((guard) => [guard, this.#now()]));
    while (!this.#end.signal.aborted && stop.reason === undefined) {
      const firing = plan.abort.alerts.find((alert) => this.#watch.isFiring(alert));
      if (plan.abort.alerts.length > 0 && this.#watch.blindMs > blindMs)
        stop.ask(`guard: blind for ${blindMs / 1000} s to alerts`);
      if (firing !== undefined) stop.ask(`guard: ${firing.alert} ${firing.severity} fires`);
      for (const guard of plan.abort.queries) {
        try {
          const offence = await this.#ask(guard);
          if (offence !== undefined) stop.ask(`guard: ${offence}: ${guard.reason}`);
          seen.set(guard, this.#now());
        } catch (error) {
          if (this.#now() - (seen.get(guard) ?? 0) > blindMs)
            stop.ask(`guard: blind for ${blindMs / 1000} s to ${guard.query}: ${String(error)}`);
        }
      }
      await sleep(everyMs, undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }

  /** How the guard is broken, in words. */
  async #ask(guard: GuardQuery): Promise<string | undefined> {
    const value = offending(guard, await readValues(nodeUrl(this.#options.lab, 'prometheus-1'), guard.query));
    return value === undefined ? undefined : `${describeGuard(guard)}, it is ${value}`;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { nodeUrl } from '@firedrill/lab';
import { RefusedQuery, readValues } from './alert-sources.ts';
import type { AlertWatch } from './alert-watch.ts';
import type { ConductOptions } from './conduct-options.ts';
import { describeGuard, offending } from './guard-query.ts';

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

  /** @throws {FiredrillError} `control-failed` for a query that Prometheus refuses: it would guard nothing. */
  async start(): Promise<void> {
    const { alerts, queries } = this.#options.plan.abort;
    if (alerts.length + queries.length === 0) return;
    for (const guard of queries) {
      await this.#ask(guard).catch((error: unknown) => {
        if (!(error instanceof RefusedQuery)) return;
        throw new FiredrillError(
          'control-failed',
          `Prometheus refuses the guard ${guard.query}: ${error.message}`,
        );
      });
    }
    this.#running = this.#run();
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
          await this.#ask(guard);
          seen.set(guard, this.#now());
        } catch (error) {
          if (this.#now() - (seen.get(guard) ?? 0) > blindMs)
            stop.ask(`guard: blind for ${blindMs / 1000} s to ${guard.query}: ${String(error)}`);
        }
      }
      await sleep(everyMs, undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }

  async #ask(guard: ConductOptions['plan']['abort']['queries'][number]): Promise<void> {
    const { lab, stop } = this.#options;
    const value = offending(guard, await readValues(nodeUrl(lab, 'prometheus-1'), guard.query));
    if (value !== undefined) stop.ask(`guard: ${describeGuard(guard)}, it is ${value}: ${guard.reason}`);
  }
}

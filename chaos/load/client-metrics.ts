import { clientBucketSeconds, clientOutcomes } from '@firedrill/slo';
import { Counter, Histogram, Registry } from 'prom-client';
import type { Result } from '../ledger/entry.ts';

interface Series {
  readonly count: Counter.Internal;
  readonly duration: Histogram.Internal<'operation' | 'outcome'>;
}

/** What the users saw, as Prometheus series: the source of every SLI. */
export class ClientMetrics {
  readonly #registry = new Registry();
  readonly #series = new Map<string, Series>();
  readonly #late: Counter;
  readonly #dropped: Counter;

  /** Makes every series at 0: a counter that appears with its first error has no increase, so no error ratio. */
  constructor(operations: readonly string[]) {
    const labelNames = ['operation', 'outcome'] as const;
    const registers = [this.#registry];
    const requests = new Counter({
      name: 'client_requests_total',
      help: 'Answers and failures that users saw, by operation and outcome.',
      labelNames,
      registers,
    });
    const durations = new Histogram({
      name: 'client_request_duration_seconds',
      help: 'From the scheduled arrival to the last byte or the failure, time-outs included.',
      labelNames,
      buckets: [...clientBucketSeconds],
      registers,
    });
    this.#late = new Counter({
      name: 'client_arrivals_late_total',
      help: 'Arrivals sent late because the load client was busy.',
      registers,
    });
    this.#dropped = new Counter({
      name: 'client_arrivals_dropped_total',
      help: 'Arrivals never sent because too many were in flight.',
      registers,
    });
    for (const operation of operations) {
      for (const outcome of clientOutcomes) {
        durations.zero({ operation, outcome });
        const series = {
          count: requests.labels(operation, outcome),
          duration: durations.labels(operation, outcome),
        };
        series.count.inc(0);
        this.#series.set(`${operation} ${outcome}`, series);
      }
    }
  }

  observe(operation: string, outcome: Result['sli'], latencyMs: number): void {
    const series = this.#series.get(`${operation} ${outcome}`);
    series?.count.inc();
    series?.duration.observe(latencyMs / 1000);
  }

  late(): void {
    this.#late.inc();
  }

  dropped(): void {
    this.#dropped.inc();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

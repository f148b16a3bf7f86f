import { clientBucketSeconds, clientOutcomes } from '@firedrill/slo';
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import type { Result } from '../ledger/entry.ts';
import type { ToldFault } from './protocol.ts';

interface Series {
  readonly count: Counter.Internal;
  readonly duration: Histogram.Internal<'operation' | 'outcome'>;
}

/** What the users saw, as Prometheus series: the source of every SLI. Beside it what the run tells of itself, for the dashboards. */
export class ClientMetrics {
  readonly #registry = new Registry();
  readonly #series = new Map<string, Series>();
  readonly #late: Counter;
  readonly #dropped: Counter;
  readonly #faults: Gauge<'fault' | 'on'>;
  readonly #detection: Summary;
  #in: readonly ToldFault[] = [];

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
    this.#faults = new Gauge({
      name: 'firedrill_fault_in',
      help: 'Whether a fault of the run is in. None of a drill: nobody shall know before its end.',
      labelNames: ['fault', 'on'] as const,
      registers,
    });
    this.#detection = new Summary({
      name: 'firedrill_detection_seconds',
      help: 'From the first fault of the run until the first page after it had reached the pager.',
      percentiles: [],
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

  /** All that are in; what was in before is not any more. */
  faultsIn(faults: readonly ToldFault[]): void {
    for (const one of this.#in) this.#faults.set(one, 0);
    for (const one of faults) this.#faults.set(one, 1);
    this.#in = faults;
  }

  detected(seconds: number): void {
    this.#detection.observe(seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

import { build, type Histogram } from 'hdr-histogram-js';
import type { Result } from '../ledger/entry.ts';
import type { LoadProgress, LoadStopped } from './protocol.ts';

type Counts = { sent: number; good: number; bad: number; excluded: number };
type Bucket = Counts & { latenciesMs: number[] };

/** Microseconds, three digits. */
const newHistogram = (): Histogram =>
  build({ highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 3, useWebAssembly: false });
const toMs = (micros: number): number => micros / 1000;

/** Counts and latencies of one load, for the live progress and the last summary. */
export class Tally {
  readonly #total = new Map<string, Counts>();
  readonly #latency = new Map<string, Histogram>();
  readonly #sendDelay = newHistogram();
  #second = new Map<string, Bucket>();
  late = 0;
  dropped = 0;

  constructor(operations: readonly string[]) {
    for (const operation of operations) {
      this.#total.set(operation, { sent: 0, good: 0, bad: 0, excluded: 0 });
      this.#latency.set(operation, newHistogram());
    }
  }

  sent(operation: string, delayMs: number): void {
    this.#sendDelay.recordValue(Math.max(0, Math.round(delayMs * 1000)));
    this.#counts(operation).sent++;
    this.#bucket(operation).sent++;
  }

  answered(operation: string, sli: Result['sli'], latencyMs: number, warmedUp: boolean): void {
    this.#counts(operation)[sli]++;
    const bucket = this.#bucket(operation);
    bucket[sli]++;
    if (sli === 'excluded') return;
    bucket.latenciesMs.push(latencyMs);
    if (warmedUp) this.#latency.get(operation)?.recordValue(Math.max(0, Math.round(latencyMs * 1000)));
  }

  /** What came since the last call, and all in all. */
  takeSecond(): Pick<LoadProgress, 'lastSecond' | 'total' | 'late' | 'dropped'> {
    const second = this.#second;
    this.#second = new Map();
    return {
      late: this.late,
      dropped: this.dropped,
      lastSecond: Object.fromEntries(
        [...second].map(([operation, { latenciesMs, ...counts }]) => {
          latenciesMs.sort((a, b) => a - b);
          return [
            operation,
            { ...counts, p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99) },
          ];
        }),
      ),
      total: Object.fromEntries([...this.#total].map(([operation, counts]) => [operation, { ...counts }])),
    };
  }

  summary(): Omit<LoadStopped, 'type'> {
    return {
      sent: [...this.#total.values()].reduce((sum, counts) => sum + counts.sent, 0),
      late: this.late,
      dropped: this.dropped,
      sendDelay: {
        p99Ms: toMs(this.#sendDelay.getValueAtPercentile(99)),
        maxMs: toMs(this.#sendDelay.maxValue),
      },
      latency: Object.fromEntries(
        [...this.#latency]
          .filter(([, histogram]) => histogram.totalCount > 0)
          .map(([operation, histogram]) => [
            operation,
            {
              count: histogram.totalCount,
              p50Ms: toMs(histogram.getValueAtPercentile(50)),
              p90Ms: toMs(histogram.getValueAtPercentile(90)),
              p99Ms: toMs(histogram.getValueAtPercentile(99)),
              maxMs: toMs(histogram.maxValue),
            },
          ]),
      ),
    };
  }

  #counts(operation: string): Counts {
    const counts = this.#total.get(operation);
    if (counts === undefined) throw new Error(`no such operation: ${operation}`);
    return counts;
  }

  #bucket(operation: string): Bucket {
    let bucket = this.#second.get(operation);
    if (bucket === undefined) {
      bucket = { sent: 0, good: 0, bad: 0, excluded: 0, latenciesMs: [] };
      this.#second.set(operation, bucket);
    }
    return bucket;
  }
}

/** Nearest rank. */
function quantile(sorted: readonly number[], q: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? null;
}

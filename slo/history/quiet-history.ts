import type { Level } from '@firedrill/topology';
import { sloCatalogue } from '../catalogue.ts';
import { clientInstance } from '../client-series.ts';
import { operationRate, trafficShare } from '../traffic.ts';

export interface QuietHistoryOptions {
  readonly level: Level;
  /** The last sample's time, ms since the epoch: before Prometheus' first scrape, and never in the future. */
  readonly endMs: number;
  /** How far back it reaches; the drill period by default. */
  readonly hours?: number;
  readonly stepSeconds?: number;
}

/**
 * OpenMetrics text of a quiet past: every request good and fast at the lab's rate. Loaded into an empty data folder by
 * `promtool tsdb create-blocks-from openmetrics`, so that no burn-rate window is young after `lab up`.
 *
 * It is synthetic, and says so by the series `firedrill_synthetic_history` (1 wherever a sample is made up).
 */
export function* quietHistory(options: QuietHistoryOptions): Generator<string> {
  const { level, endMs, hours = 12, stepSeconds = 15 } = options;
  const end = Math.floor(endMs / 1000);
  const steps = Math.floor((hours * 3600) / stepSeconds);
  const start = end - steps * stepSeconds;
  const common = `job="client",instance="${clientInstance}",service="${level.service}",level="${level.number}"`;

  function* series(name: string, labels: string, perSecond: number): Generator<string> {
    let chunk = '';
    for (let step = 0; step <= steps; step++) {
      const second = start + step * stepSeconds;
      chunk += `${name}{${labels}} ${Math.round((second - start) * perSecond)} ${second}\n`;
    }
    yield chunk;
  }

  yield '# HELP client_requests Synthetic quiet history.\n# TYPE client_requests counter\n';
  for (const operation of Object.keys(trafficShare)) {
    const rate = operationRate([operation], level.labRps);
    for (const [outcome, perSecond] of [
      ['good', rate],
      ['bad', 0],
      ['excluded', 0],
    ] as const) {
      yield* series(
        'client_requests_total',
        `${common},operation="${operation}",outcome="${outcome}"`,
        perSecond,
      );
    }
  }

  yield '# HELP client_request_duration_seconds Synthetic quiet history.\n# TYPE client_request_duration_seconds histogram\n';
  for (const [operation, thresholds] of latencyThresholds(level.number)) {
    const rate = operationRate([operation], level.labRps);
    const labels = `${common},operation="${operation}",outcome="good"`;
    for (const le of [...thresholds.map(formatLe), '+Inf']) {
      yield* series('client_request_duration_seconds_bucket', `${labels},le="${le}"`, rate);
    }
    yield* series('client_request_duration_seconds_count', labels, rate);
  }

  yield '# HELP firedrill_synthetic_history 1 where the SLI history is made up.\n# TYPE firedrill_synthetic_history gauge\n';
  for (let step = 0; step <= steps; step++) {
    yield `firedrill_synthetic_history{${common}} 1 ${start + step * stepSeconds}\n`;
  }
  yield '# EOF\n';
}

/** Only the buckets that an SLO reads: all of them would be ten times the samples, for nobody. */
function latencyThresholds(level: number): ReadonlyMap<string, readonly number[]> {
  const thresholds = new Map<string, number[]>();
  for (const slo of sloCatalogue(level)) {
    if (slo.thresholdSeconds === undefined) continue;
    for (const operation of slo.operations) {
      const known = thresholds.get(operation) ?? [];
      if (!known.includes(slo.thresholdSeconds)) known.push(slo.thresholdSeconds);
      thresholds.set(
        operation,
        known.sort((a, b) => a - b),
      );
    }
  }
  return thresholds;
}

/** Prometheus 3 stores whole-number bounds as floats: `1` is `1.0`. */
export function formatLe(bound: number): string {
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
}

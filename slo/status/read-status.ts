import { type Level, levelByNumber } from '@firedrill/topology';
import type { SpecSlo } from '../catalogue/spec.ts';
import { levelSpec, type Slo, slosOf } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import { type AlertWindows, alertWindows, type Severity } from '../windows.ts';
import { budgetStatus } from './budget-status.ts';
import { countEvents } from './count-events.ts';
import { type LabelledAlert, Prometheus } from './prometheus.ts';
import type { LevelStatus, SloStatus, WindowBurn } from './slo-status.ts';

/** A lab whose Prometheus can be asked. */
export interface RunningLab {
  readonly level: number;
  readonly clock: Clock;
  readonly prometheusUrl: string;
}

/** Asks a running lab. @throws {FiredrillError} `control-failed` when its Prometheus does not answer. */
export async function readStatus(lab: RunningLab, now = Date.now()): Promise<LevelStatus> {
  const prometheus = new Prometheus(lab);
  const level = levelByNumber(lab.level);
  const spec = levelSpec(lab.level);
  const windows = alertWindows(lab.clock);
  const alerts = (await prometheus.alerts()).filter(({ state }) => state === 'firing');
  const synthetic = await syntheticUntil(prometheus, windows, now / 1000);
  const asked = { prometheus, level, windows, alerts, synthetic, atSeconds: now / 1000 };
  const slos = await Promise.all(
    slosOf(spec, lab.level).map((slo, index) => readSlo(asked, slo, spec.slos[index]!)),
  );
  const otherFiring = alerts
    .filter(({ labels }) => labels['sloth_id'] === undefined && labels['severity'] !== 'watchdog')
    .map(({ labels }) => labels['alertname'] ?? '');
  return {
    level: level.number,
    service: level.service,
    clock: lab.clock,
    at: new Date(now).toISOString(),
    slos,
    otherFiring: [...new Set(otherFiring)].toSorted(),
  };
}

interface Asked {
  readonly prometheus: Prometheus;
  readonly level: Level;
  readonly windows: AlertWindows;
  readonly alerts: readonly LabelledAlert[];
  readonly synthetic: number;
  readonly atSeconds: number;
}

async function readSlo(asked: Asked, slo: Slo, source: SpecSlo): Promise<SloStatus> {
  const { prometheus, level, windows, atSeconds } = asked;
  const seconds = windows.pairs.flatMap((pair) => [pair.shortSeconds, pair.longSeconds]);
  const lengths = [...new Set(seconds)].toSorted((a, b) => a - b);
  const ratios = await Promise.all(lengths.map((length) => ratioOver(asked, slo, length)));
  const count = await countEvents(prometheus, source, atSeconds, windows.periodSeconds, asked.synthetic);
  const own = asked.alerts.filter(({ labels }) => labels['sloth_id'] === slo.id);
  return {
    name: slo.name,
    objective: slo.objective,
    sli: ratios[0] === null || ratios[0] === undefined ? null : 1 - ratios[0],
    burn: lengths.map(
      (length, index): WindowBurn => ({
        window: formatDuration(length),
        burnRate: ratios[index] === null ? null : ratios[index]! / slo.errorBudget,
      }),
    ),
    budget: budgetStatus(slo, level, formatDuration(windows.periodSeconds), count),
    firing: (['page', 'ticket'] as const satisfies readonly Severity[]).filter((severity) =>
      own.some(({ labels }) => labels['severity'] === severity),
    ),
  };
}

/** The error ratio as the rules recorded it; `null` when there is none, or 0/0. */
async function ratioOver(
  { prometheus, atSeconds }: Asked,
  slo: Slo,
  seconds: number,
): Promise<number | null> {
  const query = `slo:sli_error:ratio_rate${formatDuration(seconds)}{sloth_id="${slo.id}"}`;
  const value = (await prometheus.instant(query, atSeconds))[0]?.value;
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** When the made-up history of the lab ends, seconds since the epoch; −∞ where there is none. */
async function syntheticUntil(
  prometheus: Prometheus,
  { periodSeconds }: AlertWindows,
  atSeconds: number,
): Promise<number> {
  const last = 'timestamp(firedrill_synthetic_history)';
  // The subquery looks every 15 s, and need not have looked since an end that is younger than that.
  const query = `max(${last}) or max(max_over_time(${last}[${formatDuration(periodSeconds)}:15s]))`;
  return (await prometheus.instant(query, atSeconds))[0]?.value ?? Number.NEGATIVE_INFINITY;
}

import type { Unnumbered } from './notification.ts';

export const watchdogAlert = 'Watchdog';

/** The receiver's own alert: no rule of Prometheus can tell that Prometheus is gone. */
export const watchdogMissing = {
  alert: 'WatchdogMissing',
  severity: 'page',
  runbookUrl: 'runbooks/WatchdogMissing.md',
  dashboard: 'slo-overview',
  fingerprint: 'receiver:WatchdogMissing',
} as const;

export interface WatchdogOptions {
  readonly startedAtMs: number;
  readonly silenceMs: number;
  readonly firstHeartbeatMs: number;
  /** It was missing when the receiver stopped. */
  readonly missingSince?: Date;
}

/** Decides when the silence of the Watchdog is a page. Pure but for its own memory: the caller brings the time. */
export class WatchdogWatch {
  readonly #options: WatchdogOptions;
  #lastMs: number | undefined;
  #missingSince: Date | undefined;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#missingSince = options.missingSince;
  }

  get lastHeartbeatMs(): number | undefined {
    return this.#lastMs;
  }

  get missing(): boolean {
    return this.#missingSince !== undefined;
  }

  silentMs(nowMs: number): number {
    return Math.max(0, nowMs - (this.#lastMs ?? this.#options.startedAtMs));
  }

  /** What to keep when a heartbeat at this time ends a silence that was paged. Changes nothing: see `beat`. */
  recovery(nowMs: number): Unnumbered | undefined {
    return this.#missingSince === undefined
      ? undefined
      : missing('resolved', this.#missingSince, new Date(nowMs));
  }

  /** A heartbeat came, and its recovery, if any, is on disk. */
  beat(nowMs: number): void {
    this.#lastMs = nowMs;
    this.#missingSince = undefined;
  }

  /** To be called about once a second; the page to keep when the silence has just become too long. */
  check(nowMs: number): Unnumbered | undefined {
    const limit = this.#lastMs === undefined ? this.#options.firstHeartbeatMs : this.#options.silenceMs;
    if (this.missing || this.silentMs(nowMs) < limit) return undefined;
    this.#missingSince = new Date(nowMs);
    return missing('firing', this.#missingSince, this.#missingSince);
  }
}

function missing(status: 'firing' | 'resolved', since: Date, now: Date): Unnumbered {
  return {
    receivedAt: now.toISOString(),
    source: 'receiver',
    alert: watchdogMissing.alert,
    severity: watchdogMissing.severity,
    status,
    startsAt: since.toISOString(),
    ...(status === 'resolved' ? { endsAt: now.toISOString() } : {}),
    fingerprint: watchdogMissing.fingerprint,
    labels: { alertname: watchdogMissing.alert, severity: watchdogMissing.severity },
    annotations: {
      summary: 'No heartbeat from Prometheus through Alertmanager: alerts may be lost',
      runbook_url: watchdogMissing.runbookUrl,
      dashboard: watchdogMissing.dashboard,
    },
  };
}

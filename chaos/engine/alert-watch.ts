import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeatMs, logRulesMs } from '@firedrill/alerts';
import type { AlertNotification } from '../journal/event.ts';
import type { JournalEntry } from '../journal/journal-writer.ts';
import {
  type AlertState,
  readAlerts,
  readBurn,
  readHeartbeat,
  readLogRules,
  readNotifications,
} from './alert-sources.ts';
import { Pulse } from './pulse.ts';

export interface AlertWatchOptions {
  /** Real listeners, past every proxy. */
  readonly prometheusUrl: string;
  readonly receiverUrl: string;
  readonly lokiUrl: string;
  /** Of the long window of the quick page leg, e.g. `1m`: the burn rate that is shown. */
  readonly burnWindow: string;
  readonly service: string;
  /** Notifications up to here were there before this run. */
  readonly since: number;
  readonly record: (entry: JournalEntry) => void;
  /** A monotonic clock, ms. */
  readonly now?: () => number;
}

const everyMs = 500;
/** Twice what lies between two heartbeats, and one and a half times what lies between two evaluations of Loki's rules. */
const patienceMs = { heartbeat: 2 * heartbeatMs, logRules: 1.5 * logRulesMs } as const;

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

/** Follows alerts from rule to receiver and writes every change down. */
export class AlertWatch {
  readonly #options: AlertWatchOptions;
  readonly #states = new Map<string, AlertState>();
  readonly #open = new Map<string, AlertNotification>();
  readonly #stop = new AbortController();
  readonly #pagedAtMs: number[] = [];
  #since: number;
  #burn: number | undefined;
  #running: Promise<void> | undefined;
  readonly #firstLook = Promise.withResolvers<void>();
  readonly #heartbeat: Pulse;
  readonly #logRules: Pulse;
  #lastProblem: string | undefined;
  readonly #now: () => number;
  #seenAt: number;

  constructor(options: AlertWatchOptions) {
    const { receiverUrl, lokiUrl, record, since, now = () => performance.now() } = options;
    this.#options = options;
    this.#now = now;
    this.#seenAt = now();
    this.#since = since;
    this.#heartbeat = new Pulse({
      read: () => readHeartbeat(receiverUrl),
      record: ({ lastMs, silentMs }) => record({ type: 'watchdog', lastHeartbeatAt: iso(lastMs), silentMs }),
      patienceMs: patienceMs.heartbeat,
    });
    this.#logRules = new Pulse({
      read: () => readLogRules(lokiUrl),
      record: ({ lastMs, silentMs }) =>
        record({ type: 'log-rules', lastEvaluationAt: iso(lastMs), silentMs }),
      patienceMs: patienceMs.logRules,
    });
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Resolves when alerts and notifications were read for the first time. */
  get looked(): Promise<void> {
    return this.#firstLook.promise;
  }

  /** Pages that were delivered and not resolved, and pages that a rule still holds. */
  get openPages(): readonly string[] {
    const delivered = [...this.#open.values()]
      .filter((one) => one.severity === 'page')
      .map((one) => one.alert);
    const held = [...this.#states.keys()]
      .filter((key) => key.endsWith(' page'))
      .map((key) => key.slice(0, -' page'.length));
    return [...new Set([...delivered, ...held])].sort();
  }

  /** When each page of the run reached the pager, ms since the epoch. */
  get pagedAtMs(): readonly number[] {
    return this.#pagedAtMs;
  }

  /** For how long the rules could not be read. */
  get blindMs(): number {
    return this.#now() - this.#seenAt;
  }

  /** By its rule, or by what the receiver got: Prometheus does not know Loki's alerts. */
  isFiring({ alert, severity }: Pick<AlertNotification, 'alert' | 'severity'>): boolean {
    const isOpen = [...this.#open.values()].some((one) => one.alert === alert && one.severity === severity);
    return isOpen || this.#states.get(`${alert} ${severity}`) === 'firing';
  }

  /** `CheckoutAvailability firing`, and the highest burn rate, in words. */
  describe(): string {
    const alerts = [...this.#states].map(([key, state]) => `${key} ${state}`);
    const burn = this.#burn === undefined ? 'burn –' : `burn ${this.#burn.toFixed(1)}×`;
    return `${burn}, ${alerts.length === 0 ? 'no alert' : alerts.join(', ')}`;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const looks = await Promise.allSettled([
        this.#readAlerts(),
        this.#readNotifications(),
        this.#readBurn(),
        this.#heartbeat.look(),
        this.#logRules.look(),
      ]);
      this.#firstLook.resolve();
      this.#report(looks.find((look) => look.status === 'rejected')?.reason);
      await sleep(everyMs, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
    await Promise.allSettled([
      this.#readAlerts(),
      this.#readNotifications(),
      this.#heartbeat.look(true),
      this.#logRules.look(true),
    ]);
  }

  /** Blindness is written down once, when it begins: it must not look like health. */
  #report(problem: unknown): void {
    const message =
      problem === undefined ? undefined : problem instanceof Error ? problem.message : String(problem);
    if (message !== undefined && this.#lastProblem === undefined) {
      this.#options.record({
        type: 'problem',
        code: 'alert-watch',
        message: `alerts could not be read: ${message}`,
      });
    }
    this.#lastProblem = message;
  }

  async #readAlerts(): Promise<void> {
    const now = await readAlerts(this.#options.prometheusUrl);
    this.#seenAt = this.#now();
    for (const key of new Set([...now.keys(), ...this.#states.keys()])) {
      const state = now.get(key);
      if (state === this.#states.get(key)) continue;
      const [alert = '', severity = ''] = key.split(' ');
      this.#options.record({ type: 'alert', alert, severity, state: state ?? 'inactive' });
      if (state === undefined) this.#states.delete(key);
      else this.#states.set(key, state);
    }
  }

  async #readNotifications(): Promise<void> {
    const { notifications, next } = await readNotifications(this.#options.receiverUrl, this.#since);
    this.#since = next;
    for (const notification of notifications) {
      this.#options.record({ type: 'notification', notification });
      const key = `${notification.alert} ${notification.severity} ${notification.fingerprint}`;
      if (notification.status === 'firing') {
        this.#open.set(key, notification);
        if (notification.severity === 'page') this.#pagedAtMs.push(Date.parse(notification.receivedAt));
      } else this.#open.delete(key);
    }
  }

  async #readBurn(): Promise<void> {
    const { burnWindow, service, prometheusUrl } = this.#options;
    this.#burn = await readBurn(prometheusUrl, service, burnWindow);
  }
}

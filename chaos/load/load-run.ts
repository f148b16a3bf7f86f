import { LedgerWriter } from '../ledger/ledger-writer.ts';
import type { JourneyContext, Target } from '../target.ts';
import { ClientMetrics } from './client-metrics.ts';
import { ExchangeLog, epochMs } from './exchange-log.ts';
import { HttpSender } from './http-sender.ts';
import { type MetricsServer, serveMetrics } from './metrics-server.ts';
import { type OpenLoop, runOpenLoop } from './open-loop.ts';
import { type PlannedRequest, RequestPlanner } from './plan-request.ts';
import type { LoadConfig, LoadEvent, LoadProgress, LoadSettled, LoadStopped, ToldFault } from './protocol.ts';
import { type Arrival, schedule } from './schedule.ts';
import { SessionTokens } from './session-tokens.ts';
import { settle, type UnknownWrite } from './settle.ts';
import { Tally } from './tally.ts';

const ACKNOWLEDGED_KEPT = 1000;
const PROGRESS_MS = 1000;

/** What users do, and what their browsers keep. */
type Users = Pick<Target, 'journeys' | 'session'>;

/** One load against one base URL, from the first arrival to the closed ledger. */
export class LoadRun {
  readonly #config: LoadConfig;
  readonly #emit: (event: LoadEvent) => void;
  readonly #planner: RequestPlanner;
  readonly #metrics: ClientMetrics;
  readonly #server: MetricsServer;
  readonly #ledger: LedgerWriter;
  readonly #sender: HttpSender;
  readonly #log: ExchangeLog;
  readonly #tally: Tally;
  readonly #acknowledged: JourneyContext['acknowledged'][number][] = [];
  readonly #unknown: UnknownWrite[] = [];
  readonly #open = new Set<Promise<void>>();
  readonly #cancel = new AbortController();
  #loop: OpenLoop | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #ending: boolean = false;

  private constructor(
    config: LoadConfig,
    { journeys, session }: Users,
    emit: (event: LoadEvent) => void,
    metrics: ClientMetrics,
    server: MetricsServer,
  ) {
    const operations = journeys.map((journey) => journey.operation);
    this.#config = config;
    this.#emit = emit;
    this.#planner = new RequestPlanner(journeys, {
      ...config,
      keyScope: config.keyScope ?? `s${config.seed}`,
    });
    this.#metrics = metrics;
    this.#server = server;
    this.#ledger = new LedgerWriter(config.ledgerPath);
    this.#sender = new HttpSender(config.baseUrl, config.deadlineMs, session?.header);
    const tokens = session === undefined ? undefined : new SessionTokens(session);
    this.#log = new ExchangeLog(this.#sender, this.#ledger, tokens);
    this.#tally = new Tally(operations);
  }

  /** Serves the metrics and makes the ledger; sends nothing yet. */
  static async open(config: LoadConfig, users: Users, emit: (event: LoadEvent) => void): Promise<LoadRun> {
    const metrics = new ClientMetrics(users.journeys.map((journey) => journey.operation));
    const server = await serveMetrics(metrics, config.metricsPort, config.metricsHost);
    const run = new LoadRun(config, users, emit, metrics, server);
    emit({ type: 'ready', metricsPort: server.port });
    void server.scraped.then(() => emit({ type: 'scraped', atMs: epochMs(performance.now()) }));
    return run;
  }

  /** Waits for the first scrape: what is counted before it, no rate over the counters ever shows. */
  async start(): Promise<void> {
    await this.#server.scraped;
    if (this.#ending || this.#loop !== undefined) return;
    const startMs = performance.now();
    this.#emit({ type: 'started', startedAtMs: epochMs(startMs) });
    this.#ticker = setInterval(() => this.#progress(), PROGRESS_MS);
    this.#loop = runOpenLoop(schedule(this.#config), startMs, (arrival, dueMs) =>
      this.#arrive(arrival, dueMs),
    );
  }

  /** For the dashboards: the users know nothing of it. */
  tellFaults(faults: readonly ToldFault[]): void {
    this.#metrics.faultsIn(faults);
  }

  tellDetection(seconds: number): void {
    this.#metrics.detected(seconds);
  }

  /** No more arrivals; returns when nothing is in flight and the ledger is on the disk. */
  async stop(): Promise<Omit<LoadStopped, 'type'>> {
    this.#ending = true;
    this.#loop?.stop();
    await Promise.all(this.#open);
    if (this.#ticker !== undefined) {
      clearInterval(this.#ticker);
      this.#ticker = undefined;
      this.#progress();
    }
    this.#ledger.sync();
    return this.#tally.summary();
  }

  async settle(): Promise<Omit<LoadSettled, 'type'>> {
    await this.stop();
    const settled = await settle(this.#log, this.#unknown, this.#config, this.#cancel.signal);
    this.#ledger.sync();
    return settled;
  }

  /** Cuts what is in flight (a running settle too), and closes ledger, sockets and server. */
  async close(): Promise<void> {
    this.#cancel.abort();
    this.#loop?.stop();
    this.#ending = true;
    clearInterval(this.#ticker);
    await this.#sender.destroy();
    await Promise.allSettled(this.#open);
    this.#ledger.close();
    this.#server.close();
  }

  #arrive(arrival: Arrival, dueMs: number): void {
    const planned =
      this.#sender.inFlight < this.#config.maxInFlight
        ? this.#planner.plan(arrival.index, this.#acknowledged)
        : undefined;
    if (planned === undefined) {
      this.#tally.dropped++;
      this.#metrics.dropped();
      return;
    }
    const delayMs = performance.now() - dueMs;
    if (delayMs > this.#config.lateMs) {
      this.#tally.late++;
      this.#metrics.late();
    }
    this.#tally.sent(planned.operation, delayMs);
    const open = this.#exchange(planned, dueMs, arrival.offsetMs >= this.#config.warmUpMs).finally(() =>
      this.#open.delete(open),
    );
    this.#open.add(open);
  }

  async #exchange(planned: PlannedRequest, dueMs: number, warmedUp: boolean): Promise<void> {
    const { invoke, result } = await this.#log.send(planned, dueMs);
    const { operation, write, customer } = planned;
    this.#metrics.observe(operation, result.sli, result.latencyMs);
    this.#tally.answered(operation, result.sli, result.latencyMs, warmedUp);
    if (!write) return;
    if (result.type === 'unknown') this.#unknown.push({ id: invoke.id, planned });
    if (result.type !== 'ok') return;
    this.#acknowledged.push({ operation, customer, response: result.response });
    if (this.#acknowledged.length > ACKNOWLEDGED_KEPT) this.#acknowledged.shift();
  }

  #progress(): void {
    const progress: LoadProgress = {
      type: 'progress',
      atMs: epochMs(performance.now()),
      inFlight: this.#open.size,
      ...this.#tally.takeSecond(),
    };
    this.#emit(progress);
  }
}

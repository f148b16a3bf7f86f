import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { databaseUrl, edgeUrl, type LabState, nodeUrl, paymentJournalPath } from '@firedrill/lab';
import { alertWindows, formatDuration } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import type { EvidenceWindow } from '../evidence/evidence-window.ts';
import type { Plan, PlannedFault } from '../journal/event.ts';
import type { JournalEntry } from '../journal/journal-writer.ts';
import { type LoadClient, startLoadClient } from '../load/load-client.ts';
import type { LoadProgress, LoadSettled, LoadStopped } from '../load/protocol.ts';
import type { AuditSource, Target } from '../target.ts';
import type { Witness } from '../witness/witness.ts';
import { AlertWatch, lastNotification } from './alert-watch.ts';
import type { FaultHand } from './fault-hand.ts';
import { badSoFar, describeLoad, errorRatio } from './load-figures.ts';
import type { Progress } from './progress.ts';
import { settleBooks } from './settle.ts';
import type { Stop } from './stop.ts';
import { witnessOf } from './witness-of.ts';

export interface ConductOptions {
  readonly run: string;
  readonly plan: Plan;
  readonly topology: Level;
  readonly target: Target;
  readonly lab: LabState;
  readonly hand: FaultHand;
  /** The run's folder. */
  readonly folder: string;
  readonly record: (entry: JournalEntry) => void;
  readonly progress: Progress;
  readonly stop: Stop;
}

/** Prometheus must scrape the load client before the first request. */
const startPatienceMs = 30_000;
/** How long before the fault the witness measures the whole system. */
const witnessLeadMs = 4000;
/** The slow leg of a page, and what holds it. */
const quietPatienceMs = 60_000;
const nodeRestartMs = 15_000;
/** An expired hold, then a sweep. */
const settlePatienceMs = 40_000;
/** A page that does not resolve in this share of what was predicted is waited for no longer. */
const patienceFactor = 1.5;

/** Control, inject, watch, heal, drain, settle: everything between a running lab and its evidence. Never leaves a fault in. */
export class Conduct {
  readonly #o: ConductOptions;
  readonly #load: LoadClient;
  readonly #watch: AlertWatch;
  readonly #source: AuditSource;
  readonly #witnesses = new Map<PlannedFault, Witness>();
  #latest: LoadProgress | undefined;
  #startedAtMs: number | undefined;
  #zero = 0;
  #faultFromMs: number | undefined;
  #faultToMs: number | undefined;
  #healed = 0;
  #loadEnds: boolean = false;

  private constructor(options: ConductOptions, since: number) {
    this.#o = options;
    const { lab, plan, run, folder, target, stop, topology } = options;
    const client = topology.nodes.find((node) => node.kind === 'load-client')?.name ?? 'client-1';
    const cwd = join(lab.home, client);
    mkdirSync(cwd, { recursive: true });
    const entry = topology.edges.find((edge) => edge.from === client)?.name ?? '';
    this.#source = { databaseUrls: [databaseUrl(lab)], paymentJournal: paymentJournalPath(lab) };
    this.#load = startLoadClient(
      {
        targetName: target.name,
        baseUrl: edgeUrl(lab, entry),
        metricsPort: lab.nodes[client]?.metrics ?? 0,
        rps: plan.rps,
        seed: plan.seed,
        ledgerPath: join(folder, 'ledger.jsonl'),
        keyScope: run,
      },
      { cwd, env: { FIREDRILL_LAB: lab.labId, FIREDRILL_NODE: client } },
    );
    void this.#load.exit.then(({ code, signal }) => {
      if (!this.#loadEnds) stop.ask(`the load client ended (${signal ?? code})`);
    });
    const quickPage = alertWindows(plan.clock).pairs.find(
      (pair) => pair.severity === 'page' && pair.speed === 'quick',
    );
    this.#watch = new AlertWatch({
      prometheusUrl: nodeUrl(lab, 'prometheus-1'),
      receiverUrl: nodeUrl(lab, 'receiver-1'),
      burnWindow: formatDuration(quickPage?.longSeconds ?? 60),
      service: plan.service,
      since,
      record: options.record,
    });
  }

  static async begin(options: ConductOptions): Promise<Conduct> {
    return new Conduct(options, await lastNotification(nodeUrl(options.lab, 'receiver-1')));
  }

  /** The whole story. It returns after an abort, too: what was measured until then is evidence. */
  async run(): Promise<EvidenceWindow> {
    const { record, stop, progress } = this.#o;
    this.#watch.start();
    try {
      await this.#control();
      await this.#timeline();
      await this.#recover();
    } catch (error) {
      const sick = error instanceof FiredrillError && error.code === 'control-failed';
      if (stop.reason === undefined) {
        const code = error instanceof FiredrillError ? error.code : 'internal';
        record({ type: 'problem', code, message: error instanceof Error ? error.message : String(error) });
      }
      const reason = stop.reason ?? (error instanceof Error ? error.message : String(error));
      // Without a healthy control nothing can be concluded; that is no abort.
      if (stop.reason !== undefined || !sick) record({ type: 'abort', reason });
      progress.note(`${sick && stop.reason === undefined ? 'not injected' : 'aborted'}: ${reason}`);
    }
    await this.#healWhateverIsIn();
    await this.#drainAndSettle();
    await this.#watch.stop();
    for (const witness of this.#witnesses.values()) witness.close();
    return {
      fromMs: this.#startedAtMs ?? Date.now(),
      toMs: Date.now(),
      ...(this.#faultFromMs === undefined ? {} : { faultFromMs: this.#faultFromMs }),
      ...(this.#faultToMs === undefined ? {} : { faultToMs: this.#faultToMs }),
    };
  }

  async #control(): Promise<void> {
    const { plan, record, stop } = this.#o;
    this.#phase('control', `${plan.rps} RPS without a fault for ${plan.controlMs / 1000} s`);
    this.#load.onProgress((progress) => {
      this.#latest = progress;
      this.#o.progress.figure(`${describeLoad(progress)}, ${this.#watch.describe()}`);
      if (badSoFar(progress) > plan.abort.badEventsAtMost) {
        stop.ask(`over the budget of the run: more than ${plan.abort.badEventsAtMost} bad answers`);
      }
    });
    await this.#awaitQuiet();
    await this.#unlessStopped(this.#load.ready);
    const started = await this.#unlessStopped(
      Promise.race([
        this.#load.start(),
        sleep(startPatienceMs, undefined, { ref: false }).then(() => {
          throw new FiredrillError(
            'control-failed',
            `Prometheus did not scrape the load client in ${startPatienceMs / 1000} s`,
          );
        }),
      ]),
    );
    this.#startedAtMs = started.startedAtMs;
    this.#zero = performance.now() - (Date.now() - started.startedAtMs);
    record({ type: 'load-started', startedAtMs: started.startedAtMs });
    await this.#until(plan.controlMs - Math.min(witnessLeadMs, plan.controlMs / 2));
    for (const fault of plan.faults) {
      const witness = witnessOf(this.#o.lab, this.#o.topology, fault);
      this.#witnesses.set(fault, witness);
      this.#recordReadings(fault, await this.#unlessStopped(witness.before()));
    }
    await this.#until(plan.controlMs);
    this.#refuseSickControl();
  }

  /** A fault on top of what is broken already would prove nothing, and hurt. */
  #refuseSickControl(): void {
    const { plan } = this.#o;
    const sick = plan.hypotheses
      .filter((one) => one.phase === 'control' && one.measure === 'errorRatio' && one.atMost !== undefined)
      .flatMap((one) => {
        const ratio = this.#latest === undefined ? undefined : errorRatio(this.#latest, one.operation);
        if (ratio === undefined || ratio <= (one.atMost ?? 1)) return [];
        return [`${one.operation}: ${(100 * ratio).toFixed(1)} % errors without a fault`];
      });
    const pages = this.#openPages().map((page) => `${page} is open without a fault`);
    if (sick.length + pages.length > 0) {
      throw new FiredrillError(
        'control-failed',
        `the control phase is not healthy: ${[...sick, ...pages].join(', ')}`,
      );
    }
  }

  /** Pages that would be taken for this run's own. */
  #openPages(): readonly string[] {
    const { allowed } = this.#o.plan.alerts;
    return this.#watch.openPages.filter(
      (page) => !allowed.some((one) => one.alert === page && one.severity === 'page'),
    );
  }

  /** On a lab that is kept, the pages of an earlier run may still be open. */
  async #awaitQuiet(): Promise<void> {
    await this.#unlessStopped(this.#watch.looked);
    const patience = performance.now() + quietPatienceMs;
    while (this.#openPages().length > 0 && performance.now() < patience) {
      this.#o.progress.figure(`waiting for the pages of an earlier run: ${this.#openPages().join(', ')}`);
      await this.#unlessStopped(sleep(500));
    }
  }

  async #timeline(): Promise<void> {
    const { plan } = this.#o;
    const moves = plan.faults
      .flatMap((fault) => [
        { at: fault.startMs, fault, inject: true },
        { at: fault.endMs, fault, inject: false },
      ])
      .sort((a, b) => a.at - b.at);
    for (const { at, fault, inject } of moves) {
      await this.#until(at);
      if (inject) await this.#inject(fault);
      else await this.#heal(fault);
    }
  }

  async #inject(fault: PlannedFault): Promise<void> {
    const where = [...fault.edges, ...fault.nodes].join(', ');
    this.#phase('inject', `${fault.label} on ${where}`);
    this.#faultFromMs ??= Date.now();
    await this.#unlessStopped(this.#o.hand.inject(fault));
    this.#witnesses.get(fault)?.startDuring();
    const expected = this.#o.plan.alerts.expected
      .map((one) => `${one.alert} ${one.severity} in ${(one.predictedMs / 1000).toFixed(1)} s`)
      .join(', ');
    this.#phase(
      'watch',
      `for ${(fault.endMs - fault.startMs) / 1000} s; predicted: ${expected || 'no alert'}`,
    );
  }

  async #heal(fault: PlannedFault): Promise<void> {
    this.#phase('heal', fault.label);
    const during = this.#witnesses.get(fault)?.stopDuring();
    await this.#o.hand.heal(this.#o.plan.faults.length === 1 ? undefined : fault.fault);
    this.#faultToMs = Date.now();
    this.#healed += 1;
    this.#recordReadings(fault, (await during) ?? []);
    this.#recordReadings(fault, (await this.#witnesses.get(fault)?.after(nodeRestartMs)) ?? []);
  }

  /** The load goes on: without it nothing shows that the users are served again, and no page resolves by itself. */
  async #recover(): Promise<void> {
    const { plan } = this.#o;
    const lastHealMs = Math.max(...plan.faults.map((fault) => fault.endMs));
    this.#phase('drain', 'load goes on until the pages resolve');
    await this.#until(lastHealMs + Math.min(10_000, plan.loadMs - lastHealMs));
    const limit = lastHealMs + patienceFactor * (plan.loadMs - lastHealMs);
    while (this.#watch.openPages.length > 0) {
      if (this.#offset() > limit) {
        this.#o.record({
          type: 'problem',
          code: 'settle-pages',
          message: `still open at the end of the load: ${this.#watch.openPages.join(', ')}`,
        });
        return;
      }
      await this.#until(this.#offset() + 250);
    }
  }

  /** After an abort, or when a planned heal failed. */
  async #healWhateverIsIn(): Promise<void> {
    const { hand, record, progress, stop, plan } = this.#o;
    if (stop.reason === undefined && this.#healed === plan.faults.length) return;
    if (stop.reason !== undefined) this.#phase('heal', 'everything');
    const began = performance.now();
    try {
      await hand.heal();
      if (this.#faultFromMs !== undefined) this.#faultToMs ??= Date.now();
      if (stop.reason !== undefined) progress.note(`healed in ${(performance.now() - began).toFixed(0)} ms`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      record({ type: 'problem', code: 'heal-failed', message });
      progress.note(`NOT HEALED: ${message}`);
    }
  }

  async #drainAndSettle(): Promise<void> {
    const { record, progress, stop, target } = this.#o;
    this.#loadEnds = true;
    let stopped: LoadStopped | undefined;
    let settled: LoadSettled | undefined;
    try {
      stopped = await this.#load.stop();
      this.#phase('settle', 'retry half of the unknown orders by key, leave half alone');
      // Nobody waits for a tidy end after Ctrl-C.
      if (stop.reason === undefined) settled = await this.#load.settle();
    } catch (error) {
      record({
        type: 'problem',
        code: 'load-client',
        message: error instanceof Error ? error.message : String(error),
      });
      this.#load.kill();
    }
    if (stopped !== undefined) {
      const { sent, late, dropped } = stopped;
      record({ type: 'load-stopped', sent, late, dropped, retried: settled?.retried ?? 0 });
      progress.note(
        `load: ${sent} sent, ${late} late, ${dropped} dropped, ${settled?.retried ?? 0} retried by key`,
      );
    }
    if (stop.reason === undefined) {
      const show = (text: string): void => progress.figure(text);
      const books = await settleBooks(target, this.#source, settlePatienceMs, show, stop.signal);
      progress.note(`settle: ${books.text}`);
      if (!books.settled) record({ type: 'problem', code: 'settle-timeout', message: books.text });
    }
    await Promise.race([this.#load.quit(), sleep(5000, undefined, { ref: false })]);
    this.#load.kill();
  }

  #recordReadings(fault: PlannedFault, readings: Awaited<ReturnType<Witness['before']>>): void {
    for (const reading of readings) this.#o.record({ type: 'witness', fault: fault.fault, reading });
  }

  #phase(phase: 'control' | 'inject' | 'watch' | 'heal' | 'drain' | 'settle', text: string): void {
    this.#o.record({ type: 'phase', phase });
    this.#o.progress.phase(phase, text);
  }

  /** Milliseconds since the start of the load, on the monotonic clock. */
  #offset(): number {
    return performance.now() - this.#zero;
  }

  async #until(offsetMs: number): Promise<void> {
    await this.#unlessStopped(
      sleep(Math.max(0, offsetMs - this.#offset()), undefined, { signal: this.#o.stop.signal }),
    );
  }

  /** @throws {FiredrillError} `aborted` at once when the run is stopped. */
  async #unlessStopped<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#o.stop;
    work.catch(() => {});
    const aborted = Promise.withResolvers<never>();
    aborted.promise.catch(() => {});
    const fail = (): void => aborted.reject(new FiredrillError('aborted', this.#o.stop.reason ?? 'stopped'));
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
    try {
      return await Promise.race([aborted.promise, work]);
    } finally {
      signal.removeEventListener('abort', fail);
    }
  }
}

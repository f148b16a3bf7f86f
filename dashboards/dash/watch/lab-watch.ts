import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pager } from '@firedrill/incidents';
import {
  findLab,
  type LabState,
  labName,
  labStatus,
  nodeUrl,
  oncallFolder,
  topologyOf,
} from '@firedrill/lab';
import { bootId, isAlive, readOwner } from '@firedrill/lab/control';
import { levelByNumber } from '@firedrill/topology';
import type {
  BudgetSight,
  IncidentsSight,
  LabSight,
  PagingSight,
  RunSight,
  SloSight,
  Snapshot,
  TopologySight,
} from '../sight.ts';
import { readPaging } from './alerts.ts';
import { leastPauseMs, pauseAfter, readBudget } from './budget.ts';
import { GrowingJournal } from './growing-journal.ts';
import { holderOf } from './holder.ts';
import { incidentSights } from './incidents.ts';
import { AskedParts, nothingYet } from './part.ts';
import { PatientFind } from './patient-find.ts';
import { runSight } from './run.ts';
import { readSlos } from './slos.ts';
import { topologySight } from './topology.ts';

/** Two pages that ask within this share one look, ms. */
const freshMs = 400;
/** Who does not answer within this is shown as they were, ms. */
const patienceMs = 700;

const nobody: LabSight = {
  state: 'none',
  goneSince: null,
  name: null,
  startedAt: null,
  clock: null,
  heldBy: null,
};

interface Values {
  readonly slos: readonly SloSight[];
  readonly budget: readonly BudgetSight[];
  readonly paging: PagingSight;
  readonly incidents: IncidentsSight;
  readonly topology: TopologySight;
  readonly run: RunSight;
}

const nobodyAsked = {
  slos: nothingYet,
  budget: nothingYet,
  paging: nothingYet,
  incidents: nothingYet,
  topology: nothingYet,
  run: nothingYet,
};
const all = Object.keys(nobodyAsked) as readonly (keyof Values)[];

/** Looks at the lab of one level when it is asked, and remembers the last that it saw. Nobody asks: nothing is looked at. */
export class LabWatch {
  readonly #level: number;
  readonly #runs: string;
  readonly #finding: PatientFind<LabState>;
  readonly #journal = new GrowingJournal();
  #lab = nobody;
  #state: LabState | undefined;
  readonly #asked = new AskedParts<Values>(nobodyAsked);
  /** The run that holds the lab, where it may be told. */
  #run: string | null = null;
  #countAgainAt = 0;
  #pager: { readonly folder: string; readonly open: Pager } | undefined;
  #last: { readonly snapshot: Snapshot; readonly atMs: number } | undefined;
  #looking: Promise<Snapshot> | undefined;

  constructor(level: number, runs: string) {
    this.#level = level;
    this.#finding = new PatientFind(() => findLab(level), patienceMs);
    this.#runs = runs;
  }

  /** The lab that runs now, as it was at the last look. */
  get state(): LabState | undefined {
    return this.#lab.state === 'running' ? this.#state : undefined;
  }

  /** Never throws: what cannot be asked says why in its part. */
  async snapshot(): Promise<Snapshot> {
    if (this.#last !== undefined && Date.now() - this.#last.atMs < freshMs) return this.#last.snapshot;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  close(): void {
    this.#pager?.open.close();
    this.#pager = undefined;
  }

  async #look(): Promise<Snapshot> {
    const lab = await this.#finding.find();
    if (lab === undefined) this.#miss();
    else if (lab === 'late') this.#await();
    else {
      this.#meet(lab);
      await this.#ask(lab);
    }
    const { title, seedRps, labRps } = levelByNumber(this.#level);
    const at = new Date();
    const snapshot: Snapshot = {
      at: at.toISOString(),
      level: this.#level,
      title,
      declaredRps: seedRps,
      labRps,
      lab: this.#lab,
      ...this.#asked.parts,
    };
    this.#last = { snapshot, atMs: at.getTime() };
    return snapshot;
  }

  #miss(): void {
    const { state, name } = this.#lab;
    if (state === 'none' || state === 'gone') return;
    // One that never answered was not seen.
    this.#lab = name === null ? nobody : { ...this.#missed(), state: 'gone', heldBy: null };
    this.#asked.freeze();
    this.#tell(null);
  }

  /** Whoever holds it may go on: nothing is known of it but that it does not answer. */
  #await(): void {
    if (this.#lab.state === 'gone') return;
    this.#lab = { ...this.#missed(), state: 'silent' };
  }

  #missed(): LabSight {
    const { state, goneSince } = this.#lab;
    const since = state === 'silent' ? goneSince : null;
    return { ...this.#lab, goneSince: since ?? new Date().toISOString() };
  }

  #meet(state: LabState): void {
    const name = labName(state);
    // Another start is another lab: nothing of the one before is true of it.
    if (this.#lab.name !== name) {
      this.#asked.forget(all);
      this.#countAgainAt = 0;
    }
    this.#state = state;
    const owner = readOwner(state.home);
    const lives = owner !== undefined && owner.bootId === bootId() && isAlive(owner.runner);
    const { heldBy, run } = holderOf(owner, lives);
    this.#lab = {
      state: 'running',
      goneSince: null,
      name,
      startedAt: state.startedAt,
      clock: state.clock,
      heldBy,
    };
    this.#tell(run);
  }

  /** Of another run nothing is true that was told of the one before. */
  #tell(run: string | null): void {
    if (run !== this.#run) this.#asked.forget(['run']);
    this.#run = run;
  }

  async #ask(state: LabState): Promise<void> {
    const { level, clock } = state;
    const prometheus = nodeUrl(state, 'prometheus-1');
    const asked = this.#asked;
    const run = this.#run;
    // Beside the look and not in it: it may take seconds.
    if (Date.now() >= this.#countAgainAt) void asked.ask('budget', () => this.#count(prometheus, state));
    const answers = Promise.all([
      asked.ask('slos', () => readSlos(prometheus, level, clock)),
      asked.ask('paging', () => readPaging(state)),
      asked.ask('incidents', async () => this.#incidents(state)),
      asked.ask('topology', async () => topologySight(topologyOf(state), await labStatus(state))),
      asked.ask('run', async () =>
        run === null ? null : runSight(await this.#journal.read(this.#runs, run)),
      ),
    ]);
    await Promise.race([answers, pause(patienceMs, undefined, { ref: false })]);
  }

  async #count(prometheus: string, { level, clock }: LabState): Promise<readonly BudgetSight[]> {
    const begun = performance.now();
    let pauseMs = leastPauseMs;
    try {
      const budgets = await readBudget(prometheus, level, clock);
      pauseMs = pauseAfter(performance.now() - begun);
      return budgets;
    } finally {
      this.#countAgainAt = Date.now() + pauseMs;
    }
  }

  #incidents(state: LabState): IncidentsSight {
    const { checkout, scope } = state;
    const folder = oncallFolder(checkout, scope);
    if (this.#pager?.folder !== folder) {
      this.close();
      this.#pager = { folder, open: Pager.open(folder) };
    }
    const unread = this.#pager.open.refresh().map(({ path, problem }) => `${basename(path)}: ${problem}`);
    return {
      incidents: incidentSights(this.#pager.open.incidents(), this.#level, labName(state)),
      unread,
    };
  }
}

import { Pager } from '@firedrill/incidents';
import { findLab, type LabState, labName, labStatus, nodeUrl, oncallFolder } from '@firedrill/lab';
import { bootId, isAlive, readOwner } from '@firedrill/lab/control';
import { levelByNumber } from '@firedrill/topology';
import type { BudgetSight, LabSight, Snapshot } from '../sight.ts';
import { readPaging } from './alerts.ts';
import { pauseAfter, readBudget } from './budget.ts';
import { GrowingJournal } from './growing-journal.ts';
import { incidentSights } from './incidents.ts';
import { askedAgain, nothingYet } from './part.ts';
import { runSight } from './run.ts';
import { readSlos } from './slos.ts';
import { topologySight } from './topology.ts';

/** Two pages that ask within this share one look, ms. */
const freshMs = 400;

type Parts = Pick<Snapshot, 'slos' | 'budget' | 'paging' | 'incidents' | 'topology' | 'run'>;

const unknownParts: Parts = {
  slos: nothingYet,
  budget: nothingYet,
  paging: nothingYet,
  incidents: nothingYet,
  topology: nothingYet,
  run: nothingYet,
};

/** Looks at the lab of one level when it is asked, and remembers the last that it saw. Nobody asks: nothing is looked at. */
export class LabWatch {
  readonly #level: number;
  readonly #runs: string;
  readonly #find: typeof findLab;
  readonly #journal = new GrowingJournal();
  #lab: LabSight = {
    state: 'none',
    goneSince: null,
    name: null,
    startedAt: null,
    clock: null,
    heldBy: null,
  };
  #state: LabState | undefined;
  #parts: Parts = unknownParts;
  /** Infinity while one is under way. */
  #countAgainAt = 0;
  #pager: { readonly folder: string; readonly open: Pager } | undefined;
  #last: { readonly snapshot: Snapshot; readonly atMs: number } | undefined;
  #looking: Promise<Snapshot> | undefined;

  constructor(level: number, runs: string, find = findLab) {
    this.#level = level;
    this.#runs = runs;
    this.#find = find;
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
    const lab = await this.#find(this.#level).catch(() => undefined);
    if (lab === undefined) this.#miss();
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
      ...this.#parts,
    };
    this.#last = { snapshot, atMs: at.getTime() };
    return snapshot;
  }

  #miss(): void {
    if (this.#lab.state !== 'running') return;
    this.#lab = { ...this.#lab, state: 'gone', goneSince: new Date().toISOString(), heldBy: null };
    this.#parts = { ...this.#parts, run: nothingYet };
  }

  #meet(state: LabState): void {
    const name = labName(state);
    // Another start is another lab: nothing of the one before is true of it.
    if (this.#lab.name !== name) {
      this.#parts = unknownParts;
      this.#countAgainAt = 0;
    }
    this.#state = state;
    const owner = readOwner(state.home);
    const lives = owner !== undefined && owner.bootId === bootId() && isAlive(owner.runner);
    this.#lab = {
      state: 'running',
      goneSince: null,
      name,
      startedAt: state.startedAt,
      clock: state.clock,
      heldBy: !lives ? null : owner.sealed ? 'drill' : 'run',
    };
  }

  async #ask(state: LabState): Promise<void> {
    const { slos, paging, incidents, topology, run } = this.#parts;
    const { level, clock } = state;
    const prometheus = nodeUrl(state, 'prometheus-1');
    void this.#count(prometheus, state);
    const [newSlos, newPaging, newIncidents, newTopology, newRun] = await Promise.all([
      askedAgain(slos, () => readSlos(prometheus, level, clock)),
      askedAgain(paging, () => readPaging(state)),
      askedAgain(incidents, () => this.#incidents(state)),
      askedAgain(topology, async () => topologySight(levelByNumber(level), await labStatus(state))),
      askedAgain(run, () => this.#run(state)),
    ]);
    this.#parts = {
      ...this.#parts,
      slos: newSlos,
      paging: newPaging,
      incidents: newIncidents,
      topology: newTopology,
      run: newRun,
    };
  }

  /** Beside the look and not in it: it may take seconds. */
  async #count(prometheus: string, { level, clock }: LabState): Promise<void> {
    if (Date.now() < this.#countAgainAt) return;
    this.#countAgainAt = Number.POSITIVE_INFINITY;
    const begun = performance.now();
    const name = this.#lab.name;
    const budget = await askedAgain<readonly BudgetSight[]>(this.#parts.budget, () =>
      readBudget(prometheus, level, clock),
    );
    if (name === this.#lab.name) this.#parts = { ...this.#parts, budget };
    this.#countAgainAt = Date.now() + pauseAfter(performance.now() - begun);
  }

  #incidents({ checkout, scope }: LabState) {
    const folder = oncallFolder(checkout, scope);
    if (this.#pager?.folder !== folder) {
      this.close();
      this.#pager = { folder, open: Pager.open(folder) };
    }
    this.#pager.open.refresh();
    return incidentSights(this.#pager.open.incidents());
  }

  async #run({ home }: LabState) {
    const owner = readOwner(home);
    // A drill's journal tells what nobody may be told.
    if (owner === undefined || owner.sealed || this.#lab.heldBy !== 'run') return null;
    return runSight(await this.#journal.read(this.#runs, owner.run));
  }
}

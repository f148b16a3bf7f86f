import { setTimeout as sleep } from 'node:timers/promises';
import { type LabState, labName, oncallFolder } from '@firedrill/lab';
import { firingPages, type Incident } from '../pager/incident.ts';
import { Pager } from '../pager/pager.ts';
import { labHands } from '../runbook/lab-hands.ts';
import { patienceMs } from '../runbook/patience.ts';
import { runRunbook } from '../runbook/run-runbook.ts';
import { openShelf, runbookFor } from '../runbook/shelf.ts';
import type { Transcript } from '../runbook/transcript.ts';
import { actUnlessReached } from './act-unless-reached.ts';
import { diagnosis, resolution } from './acts.ts';
import { addEvent } from './drill-journal.ts';
import { pagesOf } from './incidents-of-drill.ts';
import { nextPage } from './next-page.ts';
import { diagnosesOf } from './runbook-diagnosis.ts';

const by = 'runbook';
const lookEveryMs = 500;
/** Several pages of one break come within this time: then the one that matters most goes first, ms. */
const gatherMs = 8_000;
/** No page for so long: there is none to come, ms. */
const quietMs = 170_000;
/** How long other pages of what was mended may take to end, ms. */
const resolvesMs = 60_000;

/** A player who knows the pager and the runbooks, and nothing else. */
export class RunbookPlayer {
  readonly #folder: string;
  readonly #lab: LabState;
  readonly #signal: AbortSignal;
  readonly #pager: Pager;
  readonly #since: string;
  readonly transcripts: Transcript[] = [];

  /** @param folder the drill's. */
  constructor(folder: string, lab: LabState, signal: AbortSignal) {
    this.#folder = folder;
    this.#lab = lab;
    this.#signal = signal;
    this.#since = new Date().toISOString();
    this.#pager = Pager.open(oncallFolder(lab.checkout, lab.scope));
  }

  /** From the first page until it says that it is over. @throws when the run is stopped. */
  async play(): Promise<void> {
    try {
      if (await this.#until(() => this.#firing().length > 0, quietMs)) await this.#answer();
      else await this.#say('none', 'nothing');
      await addEvent(this.#folder, (events) => resolution(events, by));
    } finally {
      this.#pager.close();
    }
  }

  async #answer(): Promise<void> {
    this.#acknowledge();
    await sleep(gatherMs, undefined, { signal: this.#signal });
    const answered = new Set<string>();
    for (;;) {
      // One that has ended by itself meanwhile is looked into all the same.
      const alert = nextPage(answered.size === 0 ? this.#paged() : this.#firing(), answered);
      if (alert === undefined) return;
      answered.add(alert);
      this.#acknowledge();
      const { outcome } = await this.#walk(alert);
      if (outcome !== 'recovered') {
        this.#escalate(alert, outcome);
        return;
      }
      await this.#until(() => nextPage(this.#firing(), answered) === undefined, resolvesMs);
    }
  }

  async #walk(alert: string): Promise<Transcript> {
    const shelf = openShelf();
    // Said when it is found, not when it is mended.
    let said = Promise.resolve();
    const transcript = await runRunbook(runbookFor(shelf, alert), {
      shelf,
      hands: labHands(this.#lab),
      confirm: () => Promise.resolve(true),
      onEvent: (event) => {
        for (const { component, cause } of diagnosesOf({ runbook: alert, events: [event] }))
          said = said.then(() => this.#say(component, cause));
      },
      patienceMs: patienceMs(this.#lab),
      signal: this.#signal,
    });
    this.transcripts.push(transcript);
    await said;
    if (diagnosesOf(transcript).length === 0) await this.#say('none', 'nothing');
    return transcript;
  }

  /** What it said before it does not say again. */
  async #say(component: string, cause: string): Promise<void> {
    await addEvent(this.#folder, (events) => diagnosis(events, by, component, cause)).catch(
      (error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'drill-refused')) throw error;
      },
    );
  }

  #incidents(): readonly Incident[] {
    this.#pager.refresh();
    return this.#pager
      .incidents(labName(this.#lab))
      .filter(({ openedAt, status }) => openedAt >= this.#since && status !== 'resolved');
  }

  #paged(): readonly string[] {
    return pagesOf(this.#incidents());
  }

  #firing(): readonly string[] {
    return this.#incidents().flatMap((incident) => firingPages(incident).map(({ alert }) => alert));
  }

  #acknowledge(): void {
    for (const incident of this.#incidents())
      if (incident.status === 'open')
        actUnlessReached(this.#pager, incident, { kind: 'acknowledge' }, { by });
  }

  #escalate(alert: string, outcome: string): void {
    const text = `${alert}: its runbook ended ${outcome}`;
    for (const incident of this.#incidents())
      if (incident.status !== 'recovered')
        actUnlessReached(this.#pager, incident, { kind: 'escalate', text }, { by });
  }

  /** @returns whether it came to be so in time. */
  async #until(isSo: () => boolean, withinMs: number): Promise<boolean> {
    const limit = performance.now() + withinMs;
    while (!isSo()) {
      if (performance.now() > limit) return false;
      await sleep(lookEveryMs, undefined, { signal: this.#signal });
    }
    return true;
  }
}

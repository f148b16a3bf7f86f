import { setTimeout as pause } from 'node:timers/promises';

/** Of a lab: it is there, there is none, or whoever runs its nodes has not answered yet. */
type Found<Lab> = Lab | undefined | 'late';

interface Look<Lab> {
  readonly found: Promise<Found<Lab>>;
  endedAt: number | undefined;
}

/** An answer that nobody has waited for is as good as a new one for so long: the page asks each second, ms. */
const goodForMs = 2000;
/** One that was there may take its time once before it is said not to answer, ms. */
const believedForMs = 3000;

/** Finds a lab without being held up: an engine that hangs takes every question, and each question ten seconds. */
export class PatientFind<Lab> {
  readonly #find: () => Promise<Lab | undefined>;
  readonly #patienceMs: number;
  #look: Look<Lab> | undefined;
  #seen: { readonly lab: Lab; readonly at: number } | undefined;

  constructor(find: () => Promise<Lab | undefined>, patienceMs: number) {
    this.#find = find;
    this.#patienceMs = patienceMs;
  }

  /** Never throws, and never asks while a question is under way. */
  async find(): Promise<Found<Lab>> {
    const old = performance.now() - (this.#look?.endedAt ?? Number.POSITIVE_INFINITY) > goodForMs;
    if (this.#look === undefined || old) this.#look = this.#begin();
    const look = this.#look;
    const found = await Promise.race<Found<Lab>>([
      look.found,
      pause(this.#patienceMs, 'late' as const, { ref: false }),
    ]);
    if (look.endedAt !== undefined) this.#look = undefined;
    if (found === 'late') return this.#believed() ?? 'late';
    this.#seen = found === undefined ? undefined : { lab: found, at: performance.now() };
    return found;
  }

  #believed(): Lab | undefined {
    if (this.#seen === undefined || performance.now() - this.#seen.at > believedForMs) return undefined;
    return this.#seen.lab;
  }

  #begin(): Look<Lab> {
    const began = performance.now();
    const found = this.#find()
      .catch(() => undefined)
      .then((lab): Found<Lab> => {
        const endedAt = performance.now();
        look.endedAt = endedAt;
        // Where there is none that is said at once: this one was given up on.
        return lab ?? (endedAt - began > this.#patienceMs ? 'late' : undefined);
      });
    const look: Look<Lab> = { found, endedAt: undefined };
    return look;
  }
}

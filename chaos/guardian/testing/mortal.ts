import { readFileSync, truncateSync } from 'node:fs';
import type { Action, Control, Undo } from '@firedrill/lab/control';
import type { ModelLab } from '../../engine/testing/model-lab.ts';
import { type Intent, IntentLog } from '../intent-log.ts';

/** Thrown where a process dies; everything that it tries to do afterwards comes to nothing. */
class Death extends Error {}

/** Where a process dies: at its n-th step, and how far the step had got. */
export interface End {
  readonly step: number;
  /** Of an effect: it never began, it lands when nobody expects it any more, or it was done. */
  readonly effect: 'none' | 'late' | 'done';
  /** Of a line: so many bytes of its end are not on disk. */
  readonly torn: number;
}

/** The steps of one process: each may be its last. */
export class Life {
  readonly #end: End | undefined;
  #steps = 0;
  #dead: boolean = false;

  constructor(end?: End) {
    this.#end = end;
  }

  get isOver(): boolean {
    return this.#dead;
  }

  /** @param atTheEnd what is left of the step in which it dies. */
  step<T>(work: () => T, atTheEnd: (end: End) => void): T {
    if (this.#dead) throw new Death();
    if (this.#steps++ !== this.#end?.step) return work();
    this.#dead = true;
    atTheEnd(this.#end);
    throw new Death();
  }
}

/** Calls that outlive their sender: some land soon, those in a Toxiproxy that hangs at any time. */
export class Aftermath {
  readonly #lab: ModelLab;
  readonly #late: { readonly action: Action; readonly rebuilds: number }[] = [];

  constructor(lab: ModelLab) {
    this.#lab = lab;
  }

  add(action: Action): void {
    this.#late.push({ action, rebuilds: this.#lab.rebuilds });
  }

  /** @param all those too that hang in the Toxiproxy that was asked, if it still is the same. */
  land(all: boolean): void {
    for (const { action, rebuilds } of this.#late.splice(0)) {
      if (!('edge' in action) || action.kind === 'pool-hog') this.#lab.land(action);
      else if (all && rebuilds === this.#lab.rebuilds) this.#lab.land(action);
      else if (!all) this.#late.push({ action, rebuilds });
    }
  }
}

/** The hand of a process that may die. */
export function mortalControl(lab: ModelLab, life: Life, aftermath: Aftermath): Control {
  const step = async (work: () => Promise<void>, landed: () => void): Promise<void> =>
    life.step(work, ({ effect }) => {
      if (effect === 'done') landed();
    });
  return {
    apply: async (action: Action) =>
      life.step(
        () => lab.land(action),
        ({ effect }) => {
          if (effect === 'done') lab.land(action);
          if (effect === 'late') aftermath.add(action);
        },
      ),
    undo: (undo: Undo) =>
      step(
        () => lab.undo(undo),
        () => void lab.undo(undo),
      ),
    healAll: async () => {
      await step(
        () => lab.healAll(),
        () => void lab.healAll(),
      );
      // What a dead process had begun may come to light as late as this.
      aftermath.land(false);
    },
    rebuild: () =>
      step(
        () => lab.rebuild(),
        () => void lab.rebuild(),
      ),
    read: () => lab.read(),
    carriers: () => [],
    readSetting: (node, setting) => lab.readSetting(node, setting),
    stopLab: () => lab.stopLab(),
  };
}

/** The real log of a process that may die while it writes. */
export class MortalLog extends IntentLog {
  readonly #path: string;
  readonly #life: Life;

  constructor(path: string, life: Life) {
    super(path);
    this.#path = path;
    this.#life = life;
  }

  override intend(intent: Omit<Intent, 'seq'>): Intent {
    return this.#write(() => super.intend(intent));
  }
  override applied(intent: Intent): void {
    this.#write(() => super.applied(intent));
  }
  override healed(intent: Intent): void {
    this.#write(() => super.healed(intent));
  }

  #write<T>(line: () => T): T {
    return this.#life.step(line, ({ torn }) => {
      const before = readFileSync(this.#path).length;
      line();
      const after = readFileSync(this.#path).length;
      truncateSync(this.#path, Math.max(before, after - torn));
    });
  }
}

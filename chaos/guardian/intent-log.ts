import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Action, Undo } from '@firedrill/lab/control';

/** What was about to be done, and what undoes it. */
export interface Intent {
  readonly seq: number;
  readonly epoch: number;
  readonly run: string;
  readonly fault: string;
  readonly action: Action;
  readonly undo: Undo;
}

type Line =
  | { readonly kind: 'epoch'; readonly epoch: number; readonly run: string }
  | ({ readonly kind: 'intent' } & Intent)
  | { readonly kind: 'applied'; readonly seq: number }
  | { readonly kind: 'healed'; readonly seq: number };

function parse(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const lines: Line[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    // Only the last line can be torn, and its effect was never sent: the fsync comes before the effect.
    try {
      lines.push(JSON.parse(line) as Line);
    } catch {}
  }
  return lines;
}

/** Pure: the intents that no later line undoes, by their number. */
function unhealed(lines: readonly Line[]): Map<number, Intent> {
  const open = new Map<number, Intent>();
  for (const line of lines) {
    if (line.kind === 'intent') open.set(line.seq, line);
    if (line.kind === 'healed') open.delete(line.seq);
  }
  return open;
}

/** What is ordered and not undone by the log of a lab, for whoever only looks. */
export const openIntents = (path: string): readonly Intent[] => [...unhealed(parse(path)).values()];

/**
 * What stands between a crash and a fault left in: each intent is on disk before its effect, each heal after it.
 * It has no schema on purpose: an older or newer guardian must be able to undo what this one did.
 */
export class IntentLog {
  readonly #fd: number;
  readonly #open: Map<number, Intent>;
  readonly #applied = new Set<number>();
  #nextSeq = 0;
  #epoch = 0;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const lines = parse(path);
    this.#open = unhealed(lines);
    for (const line of lines) {
      if (line.kind === 'epoch') this.#epoch = Math.max(this.#epoch, line.epoch);
      if (line.kind === 'intent') this.#nextSeq = Math.max(this.#nextSeq, line.seq + 1);
      if (line.kind === 'applied') this.#applied.add(line.seq);
    }
    this.#fd = openSync(path, 'a', 0o600);
    // Ends a torn line, so that the next one is whole.
    if (lines.length > 0) writeSync(this.#fd, '\n');
  }

  /** What was ordered and not undone yet, oldest first. */
  get open(): readonly Intent[] {
    return [...this.#open.values()];
  }

  /** Those of them whose effect was not seen to its end: when their author is dead, nobody knows when it lands. */
  get unsettled(): readonly Intent[] {
    return this.open.filter(({ seq }) => !this.#applied.has(seq));
  }

  /** Begins a new epoch: whoever holds an older one is stale. */
  begin(run: string): number {
    this.#epoch += 1;
    this.#write({ kind: 'epoch', epoch: this.#epoch, run });
    return this.#epoch;
  }

  /** On disk when it returns. */
  intend(intent: Omit<Intent, 'seq'>): Intent {
    const whole: Intent = { seq: this.#nextSeq, ...intent };
    this.#nextSeq += 1;
    this.#write({ kind: 'intent', ...whole });
    this.#open.set(whole.seq, whole);
    return whole;
  }

  /** Its effect is in. */
  applied(intent: Intent): void {
    this.#write({ kind: 'applied', seq: intent.seq });
    this.#applied.add(intent.seq);
  }

  healed(intent: Intent): void {
    this.#write({ kind: 'healed', seq: intent.seq });
    this.#open.delete(intent.seq);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(line: Line): void {
    writeSync(this.#fd, `${JSON.stringify(line)}\n`);
    fsyncSync(this.#fd);
  }
}

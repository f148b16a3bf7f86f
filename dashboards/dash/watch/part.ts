import { FiredrillError } from '@firedrill/errors';
import type { Part } from '../sight.ts';

export const nothingYet: Part<never> = { value: null, at: null, problem: null };

/** A part asked again: its new value, or the old one with the reason why there is none. Never throws. */
export async function askedAgain<Value>(
  before: Part<Value>,
  ask: () => Value | null | Promise<Value | null>,
  now: () => Date = () => new Date(),
): Promise<Part<Value>> {
  try {
    return { value: await ask(), at: now().toISOString(), problem: null };
  } catch (error) {
    return { ...before, problem: reason(error) };
  }
}

type PartsOf<Values> = { readonly [Key in keyof Values]: Part<Values[Key]> };

/** Parts that are asked side by side: who does not answer holds nobody else up, and is not asked twice at once. */
export class AskedParts<Values extends object> {
  #parts: PartsOf<Values>;
  readonly #asking = new Map<keyof Values, Promise<void>>();

  constructor(nothing: PartsOf<Values>) {
    this.#parts = nothing;
  }

  get parts(): PartsOf<Values> {
    return this.#parts;
  }

  /** As if these had never been asked; what is still on its way counts no more. */
  forget(keys: readonly (keyof Values)[]): void {
    for (const key of keys) this.#asking.delete(key);
    this.#parts = { ...this.#parts, ...Object.fromEntries(keys.map((key) => [key, nothingYet])) };
  }

  /** All stays as it was last seen; what is still on its way counts no more. */
  freeze(): void {
    this.#asking.clear();
  }

  /** Resolves when the part is answered, or has said why it is not. */
  ask<Key extends keyof Values>(key: Key, question: () => Promise<Values[Key] | null>): Promise<void> {
    const before = this.#asking.get(key);
    if (before !== undefined) return before;
    const asking = askedAgain(this.#parts[key], question).then((part) => {
      if (this.#asking.get(key) !== asking) return;
      this.#parts = { ...this.#parts, [key]: part };
      this.#asking.delete(key);
    });
    this.#asking.set(key, asking);
    return asking;
  }
}

/** One line for people. */
export function reason(error: unknown): string {
  if (error instanceof FiredrillError) return error.message;
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

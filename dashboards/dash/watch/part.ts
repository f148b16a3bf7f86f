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
  readonly #nothing: PartsOf<Values>;
  readonly #asking = new Map<keyof Values, Promise<void>>();
  #parts: PartsOf<Values>;
  #life = {};

  constructor(nothing: PartsOf<Values>) {
    this.#nothing = nothing;
    this.#parts = nothing;
  }

  get parts(): PartsOf<Values> {
    return this.#parts;
  }

  /** As if nobody had ever been asked; what is still on its way counts no more. */
  forget(): void {
    this.#life = {};
    this.#asking.clear();
    this.#parts = this.#nothing;
  }

  /** Nothing new comes into any of them; what was last seen stays, but for these. */
  freeze(...forgotten: readonly (keyof Values)[]): void {
    const kept = this.#parts;
    this.forget();
    const gone = Object.fromEntries(forgotten.map((key) => [key, nothingYet]));
    this.#parts = { ...kept, ...gone };
  }

  /** Resolves when the part is answered, or has said why it is not. */
  ask<Key extends keyof Values>(key: Key, question: () => Promise<Values[Key] | null>): Promise<void> {
    const asking = this.#asking.get(key) ?? this.#take(key, question, this.#life);
    this.#asking.set(key, asking);
    return asking;
  }

  async #take<Key extends keyof Values>(
    key: Key,
    question: () => Promise<Values[Key] | null>,
    life: object,
  ): Promise<void> {
    const part = await askedAgain(this.#parts[key], question);
    if (life !== this.#life) return;
    this.#parts = { ...this.#parts, [key]: part };
    this.#asking.delete(key);
  }
}

/** One line for people. */
export function reason(error: unknown): string {
  if (error instanceof FiredrillError) return error.message;
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

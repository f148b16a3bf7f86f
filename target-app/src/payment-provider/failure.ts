import { createHash } from 'node:crypto';

export interface FailureSetting {
  /** The share of captures that is turned away, 0 to 1. */
  readonly ratio: number;
  readonly seed: number;
}

export interface FailureReading extends FailureSetting {
  /** Captures that were asked for since the setting was made. */
  readonly asked: number;
  /** Those of them that were turned away. */
  readonly failed: number;
}

const none: FailureSetting = { ratio: 0, seed: 0 };
const range = 2 ** 32;

/** Where a request falls between 0 and 1: the same for the same seed, key and attempt, in whatever order requests come. */
export function draw(seed: number, key: string, attempt: number): number {
  return createHash('sha256').update(`${seed}\0${key}\0${attempt}`).digest().readUInt32BE() / range;
}

/**
 * A provider that is in part out of order: it turns a share of the captures away before any effect. Every request is a
 * draw of its own, so that a retry with the same key may get through. Only in memory: a restart forgets it.
 */
export class Failure {
  #setting: FailureSetting = none;
  #asked = 0;
  #failed = 0;
  readonly #attempts = new Map<string, number>();

  get reading(): FailureReading {
    return { ...this.#setting, asked: this.#asked, failed: this.#failed };
  }

  /** Counts begin anew. */
  set(setting: FailureSetting): void {
    this.#setting = setting;
    this.#asked = 0;
    this.#failed = 0;
    this.#attempts.clear();
  }

  reset(): void {
    this.set(none);
  }

  /** Whether this request is one of those that are turned away. */
  strikes(key: string): boolean {
    const { ratio, seed } = this.#setting;
    if (ratio === 0) return false;
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    this.#asked += 1;
    const struck = draw(seed, key, attempt) < ratio;
    if (struck) this.#failed += 1;
    return struck;
  }
}

import type { Invoke, Result } from '../../ledger/entry.ts';
import type { Operation } from '../../ledger/operations.ts';
import { type OrderAnswer, orderAnswer } from './answer.ts';

export type Outcome = 'ok' | 'refused' | 'unknown';

/** One request of a keyed write. It shows the ledger's own lines and copies nothing: there may be a million. */
export class Attempt {
  readonly #invoke: Invoke;
  readonly #result: Result | undefined;
  /** Of a checkout that was acknowledged. */
  readonly answer: OrderAnswer | undefined;

  constructor({ invoke, result }: Operation) {
    this.#invoke = invoke;
    this.#result = result;
    const acknowledged = result?.type === 'ok' && invoke.operation === 'checkout';
    this.answer = acknowledged ? orderAnswer(result.response) : undefined;
  }

  get id(): number {
    return this.#invoke.id;
  }

  /** When it was sent, and when the answer came; ms since the epoch. */
  get sentAt(): number {
    return this.#invoke.at;
  }

  get at(): number {
    return this.#result?.at ?? this.#invoke.at;
  }

  get outcome(): Outcome {
    return this.#result?.type ?? 'unknown';
  }

  get status(): number | undefined {
    return this.#result?.status;
  }

  /** The problem's code, or the transport's. */
  get code(): string | undefined {
    return this.#result?.code;
  }

  get operation(): string {
    return this.#invoke.operation;
  }

  get path(): string {
    return this.#invoke.path;
  }

  get requestBody(): unknown {
    return this.#invoke.body;
  }

  /** The answer's body as it came. */
  get response(): unknown {
    return this.#result?.response;
  }
}

import type { SessionToken } from '../target.ts';

/** What each customer's browser keeps from answer to answer. */
export class SessionTokens {
  readonly #kind: SessionToken;
  readonly #byCustomer = new Map<string, string>();

  constructor(kind: SessionToken) {
    this.#kind = kind;
  }

  get header(): string {
    return this.#kind.header;
  }

  of(customer: string): string | undefined {
    return this.#byCustomer.get(customer);
  }

  keep(customer: string, told: string): void {
    const kept = this.#byCustomer.get(customer);
    this.#byCustomer.set(customer, kept === undefined ? told : this.#kind.later(kept, told));
  }
}

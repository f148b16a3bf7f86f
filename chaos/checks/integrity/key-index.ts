import type { KeyHistory } from './joined.ts';

/** Keyed writes by customer and key: in two steps, since a name made of both would be a million strings of no other use. */
export class KeyIndex {
  readonly #byCustomer = new Map<string, Map<string, KeyHistory>>();
  /** In the order of their first attempts. */
  readonly all: KeyHistory[] = [];

  find(customer: string, key: string): KeyHistory | undefined {
    return this.#byCustomer.get(customer)?.get(key);
  }

  add(history: KeyHistory): void {
    const keys = this.#byCustomer.get(history.customer);
    if (keys === undefined) this.#byCustomer.set(history.customer, new Map([[history.key, history]]));
    else keys.set(history.key, history);
    this.all.push(history);
  }
}

import type { KeyHistory } from './joined.ts';
import { near } from './rows.ts';

/** Keyed writes by customer and key. A key is nearly always one customer's alone: so it is looked up by itself. */
export class KeyIndex {
  readonly #byKey = new Map<string, KeyHistory | Map<string, KeyHistory>>();
  #next = 0;
  /** In the order of their first attempts. */
  readonly all: KeyHistory[] = [];

  get(customer: string, key: string): KeyHistory | undefined {
    const found = this.#byKey.get(key);
    if (found instanceof Map) return found.get(customer);
    return found?.customer === customer ? found : undefined;
  }

  /** {@link get}, for one row after the other of a table that is sorted by time, or nearly so. */
  getNext(customer: string, key: string): KeyHistory | undefined {
    const end = Math.min(this.#next + near, this.all.length);
    for (let place = this.#next; place < end; place++) {
      const history = this.all[place]!;
      if (history.key !== key || history.customer !== customer) continue;
      this.#next = place + 1;
      return history;
    }
    const found = this.get(customer, key);
    if (found !== undefined) this.#next = found.place + 1;
    return found;
  }

  add(history: KeyHistory): void {
    const { customer, key } = history;
    const other = this.#byKey.get(key);
    if (other === undefined) this.#byKey.set(key, history);
    else if (other instanceof Map) other.set(customer, history);
    else this.#byKey.set(key, new Map([other, history].map((one) => [one.customer, one])));
    this.all.push(history);
  }
}

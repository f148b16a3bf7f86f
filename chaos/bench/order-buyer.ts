import { request } from 'undici';
import { randomStream, wordOf } from '../load/random.ts';
import { shop } from '../targets/shop.ts';
import { Repeated } from './repeated.ts';

const everyMs = 250;
/** As long as the load client waits. */
const patienceMs = 3000;

/** Buys something four times a second, as the shop's users do, and knows which orders were acknowledged. */
export class OrderBuyer {
  readonly #url: string;
  readonly #random = randomStream(1, wordOf('order-buyer'));
  readonly #acknowledged: string[] = [];
  readonly #buying = new Repeated(everyMs, () => this.#buy());

  /** @param url of the shop, where its users come in. */
  constructor(url: string) {
    this.#url = url;
  }

  /** Ids of orders. */
  get acknowledged(): readonly string[] {
    return this.#acknowledged;
  }

  start(): void {
    this.#buying.start();
  }

  /** Ends it once every order that is under way has its answer, or none in time. */
  stop(): Promise<void> {
    return this.#buying.stop();
  }

  async #buy(): Promise<void> {
    const customer = `c-${1 + Math.floor(this.#random() * 100)}`;
    const key = crypto.randomUUID();
    const wanted = shop.journeys
      .find(({ operation }) => operation === 'checkout')
      ?.request({ random: this.#random, customer, newKey: () => key, acknowledged: [] });
    if (wanted === undefined) return;
    try {
      const { statusCode, body } = await request(`${this.#url}${wanted.path}`, {
        method: wanted.method,
        headers: { 'content-type': 'application/json', 'x-customer': customer, 'idempotency-key': key },
        body: JSON.stringify(wanted.body),
        signal: AbortSignal.timeout(patienceMs),
      });
      const answer = (await body.json()) as { readonly orderId?: unknown };
      const isOrder = statusCode === 201 || statusCode === 202;
      if (isOrder && typeof answer.orderId === 'string') this.#acknowledged.push(answer.orderId);
    } catch {
      // No acknowledgement.
    }
  }
}

import type { Invoke, Result } from '../../ledger/entry.ts';
import type { Operation } from '../../ledger/operations.ts';
import { orderAskedFor } from './order-path.ts';

/** What a customer was shown of an order; as an attempt, it copies nothing. */
export class OrderRead {
  readonly #invoke: Invoke;
  readonly #result: Result;
  readonly order: string;
  /** `undefined`: the shop said that there is no such order. */
  readonly status: string | undefined;

  constructor(invoke: Invoke, result: Result, order: string, status: string | undefined) {
    this.#invoke = invoke;
    this.#result = result;
    this.order = order;
    this.status = status;
  }

  get id(): number {
    return this.#invoke.id;
  }

  get customer(): string {
    return this.#invoke.customer;
  }

  /** When it was asked, and when the answer came; ms since the epoch. */
  get sentAt(): number {
    return this.#invoke.at;
  }

  get at(): number {
    return this.#result.at;
  }

  /** The replica that answered, when the answer named one. */
  get readFrom(): string | undefined {
    return this.#result.readFrom;
  }

  get stalenessMs(): number | undefined {
    return this.#result.stalenessMs;
  }
}

/** A read of one order whose answer the ledger kept; anything else tells nothing of an order. */
export function orderReadOf({ invoke, result }: Operation): OrderRead | undefined {
  if (result === undefined || result.type === 'unknown') return undefined;
  const order = orderAskedFor(invoke.path);
  if (order === undefined) return undefined;
  const status = result.type === 'ok' ? statusIn(result.response, order) : undefined;
  // A 200 without a body tells nothing; of the refusals only "not there" tells of the order.
  if (status === undefined && result.status !== 404) return undefined;
  return new OrderRead(invoke, result, order, status);
}

function statusIn(response: unknown, order: string): string | undefined {
  if (typeof response !== 'object' || response === null) return undefined;
  const { orderId, status } = response as { readonly orderId?: unknown; readonly status?: unknown };
  return orderId === order && typeof status === 'string' ? status : undefined;
}

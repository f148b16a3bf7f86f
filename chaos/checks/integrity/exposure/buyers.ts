import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoke, Result } from '../../../ledger/entry.ts';
import type { LedgerWriter } from '../../../ledger/ledger-writer.ts';
import { classify } from '../../../load/classify.ts';
import { SessionTokens } from '../../../load/session-tokens.ts';
import { shop } from '../../../targets/shop.ts';
import { type OrderAnswer, orderAnswer } from '../answer.ts';

/** The longest that the shop may think: its own deadline, and a little. */
const deadlineMs = 7_000;
/** Of a buyer who wants to know. */
const patientTries = 8;
const pauseMs = 400;

export interface Quantity {
  readonly sku: string;
  readonly quantity: number;
}

/** What a buyer sends; the same one sent again is a retry. */
export interface Purchase {
  readonly customer: string;
  readonly key: string;
  readonly lines: readonly Quantity[];
}

/** An order as its buyer was told of it. */
export interface Bought extends OrderAnswer {
  readonly customer: string;
}

type Request = Pick<Invoke, 'operation' | 'customer' | 'path'> & Partial<Pick<Invoke, 'key' | 'body'>>;

/** People who buy, and write down what they ask for before they ask, and what they are told. They never throw. */
export class Buyers {
  readonly #ledger: LedgerWriter;
  readonly #tokens = new SessionTokens(shop.session);
  #requests = 0;

  constructor(ledger: LedgerWriter) {
    this.#ledger = ledger;
  }

  /** @returns the order, when it was acknowledged. */
  async buy(url: string, purchase: Purchase): Promise<Bought | undefined> {
    return boughtBy(purchase, await this.#checkout(url, purchase));
  }

  /** Asks again, as one does who was not told; gives up when nobody tells. */
  async buyForSure(url: string, purchase: Purchase): Promise<Bought | undefined> {
    for (let tries = 0; tries < patientTries; tries++) {
      if (tries > 0) await sleep(pauseMs);
      const result = await this.#checkout(url, purchase);
      if (result.type !== 'unknown') return boughtBy(purchase, result);
    }
    return undefined;
  }

  cancel(url: string, { customer, orderId }: Bought, key: string): Promise<Result> {
    return this.#ask(url, {
      operation: 'cancel',
      customer,
      key,
      path: `/orders/${orderId}/cancel`,
      body: {},
    });
  }

  giveBack(url: string, order: Bought, key: string, lines: readonly Quantity[]): Promise<Result> {
    const { customer, orderId } = order;
    const body = { lines };
    return this.#ask(url, { operation: 'return', customer, key, path: `/orders/${orderId}/returns`, body });
  }

  look(url: string, { customer, orderId }: Bought): Promise<Result> {
    return this.#ask(url, { operation: 'order-status', customer, path: `/orders/${orderId}` });
  }

  #checkout(url: string, { customer, key, lines }: Purchase): Promise<Result> {
    const body = { lines, card: { token: 'tok_ok' } };
    return this.#ask(url, { operation: 'checkout', customer, key, path: '/orders', body });
  }

  async #ask(url: string, request: Request): Promise<Result> {
    const at = Date.now();
    const write = request.key !== undefined;
    const method = write ? 'POST' : 'GET';
    const token = this.#tokens.of(request.customer);
    const about = { at, due: at, write, method, ...(token === undefined ? {} : { token }) };
    const invoke: Invoke = { type: 'invoke', id: ++this.#requests, ...about, ...request };
    this.#ledger.appendNow(invoke);
    const heard = await send(url, invoke);
    if (heard.token !== undefined) this.#tokens.keep(request.customer, heard.token);
    const end = Date.now();
    const code = heard.error ?? heard.code;
    const result: Result = {
      ...classify({
        ...(heard.status === undefined ? {} : { status: heard.status }),
        ...(heard.error === undefined ? {} : { transportError: heard.error }),
        ...(heard.code === undefined ? {} : { problemCode: heard.code }),
      }),
      id: invoke.id,
      at: end,
      latencyMs: end - at,
      ...(heard.status === undefined ? {} : { status: heard.status }),
      ...(heard.body === undefined ? {} : { response: heard.body }),
      ...(code === undefined ? {} : { code }),
      ...(heard.token === undefined ? {} : { token: heard.token }),
      ...(heard.readFrom === undefined ? {} : { readFrom: heard.readFrom }),
    };
    this.#ledger.append(result);
    return result;
  }
}

function boughtBy({ customer }: Purchase, result: Result): Bought | undefined {
  const answer = result.type === 'ok' ? orderAnswer(result.response) : undefined;
  return answer === undefined ? undefined : { ...answer, customer };
}

async function send(url: string, { method, path, customer, key, body, token }: Invoke): Promise<Heard> {
  try {
    const response = await fetch(url + path, {
      method,
      headers: {
        'x-customer': customer,
        connection: 'close',
        ...(token === undefined ? {} : { [shop.session.header]: token }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(deadlineMs),
    });
    const answer: unknown = await response.json();
    const code = (answer as { code?: unknown }).code;
    const told = response.headers.get(shop.session.header);
    const readFrom = response.headers.get('x-read-from');
    return {
      status: response.status,
      body: answer,
      ...(typeof code === 'string' ? { code } : {}),
      ...(told === null ? {} : { token: told }),
      ...(readFrom === null ? {} : { readFrom }),
    };
  } catch (error) {
    return { error: transportError(error) };
  }
}

/** As the load client names them: `timeout`, or the socket's own code. */
function transportError(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  if (error.name === 'TimeoutError') return 'timeout';
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : error.name;
}

interface Heard {
  readonly status?: number;
  readonly body?: unknown;
  readonly code?: string;
  readonly error?: string;
  readonly token?: string;
  readonly readFrom?: string;
}

import type { Invoke, Result } from '../../../ledger/entry.ts';
import type { LedgerWriter } from '../../../ledger/ledger-writer.ts';
import { classify } from '../../../load/classify.ts';

/** The longest that the shop may think: its own deadline, and a little. */
const deadlineMs = 3_000;

/** What a buyer sends; the same one sent again is a retry. */
export interface Purchase {
  readonly customer: string;
  readonly key: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** People who buy, and write down what they asked for before they ask, and what they were told. */
export class Buyers {
  readonly #ledger: LedgerWriter;
  #requests = 0;

  constructor(ledger: LedgerWriter) {
    this.#ledger = ledger;
  }

  /** One attempt. Never throws: what it did not learn is unknown. */
  async buy(url: string, { customer, key, lines }: Purchase): Promise<Result['type']> {
    const body = { lines, card: { token: 'tok_ok' } };
    const at = Date.now();
    const invoke: Invoke = {
      type: 'invoke',
      id: ++this.#requests,
      at,
      due: at,
      operation: 'checkout',
      customer,
      write: true,
      key,
      method: 'POST',
      path: '/orders',
      body,
    };
    this.#ledger.appendNow(invoke);
    const heard = await this.#send(url, invoke);
    const answer = classify({
      ...(heard.status === undefined ? {} : { status: heard.status }),
      ...(heard.error === undefined ? {} : { transportError: heard.error }),
      ...(heard.code === undefined ? {} : { problemCode: heard.code }),
    });
    const end = Date.now();
    const code = heard.error ?? heard.code;
    const told = {
      ...(heard.status === undefined ? {} : { status: heard.status }),
      ...(heard.body === undefined ? {} : { response: heard.body }),
      ...(code === undefined ? {} : { code }),
    };
    this.#ledger.append({ ...answer, id: invoke.id, at: end, latencyMs: end - at, ...told });
    return answer.type;
  }

  async #send(url: string, { customer, key, body }: Invoke): Promise<Heard> {
    try {
      const response = await fetch(`${url}/orders`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-customer': customer,
          'idempotency-key': key!,
          connection: 'close',
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(deadlineMs),
      });
      const answer: unknown = await response.json();
      const code = (answer as { code?: unknown }).code;
      return { status: response.status, body: answer, ...(typeof code === 'string' ? { code } : {}) };
    } catch (error) {
      return { error: transportError(error) };
    }
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
}

import type { Invoke, Result } from '../ledger/entry.ts';
import type { LedgerWriter } from '../ledger/ledger-writer.ts';
import { classify } from './classify.ts';
import type { HttpAnswer, HttpRequest, HttpSender } from './http-sender.ts';
import type { PlannedRequest } from './plan-request.ts';
import type { SessionTokens } from './session-tokens.ts';

/** One request as it went out, and the judged answer. */
export interface Exchanged {
  readonly invoke: Invoke;
  readonly result: Result;
}

/** Sends requests so that the ledger knows of each before it leaves, and of its end. */
export class ExchangeLog {
  readonly #sender: HttpSender;
  readonly #ledger: LedgerWriter;
  readonly #tokens: SessionTokens | undefined;
  #ids = 0;

  constructor(sender: HttpSender, ledger: LedgerWriter, tokens?: SessionTokens) {
    this.#sender = sender;
    this.#ledger = ledger;
    this.#tokens = tokens;
  }

  /** @param dueMs `performance.now()` of the scheduled arrival: latency counts from here */
  async send(planned: PlannedRequest, dueMs: number, retryOf?: number): Promise<Exchanged> {
    const { request, operation, customer, write, traceId } = planned;
    const id = ++this.#ids;
    const token = this.#tokens?.of(customer);
    const invoke: Invoke = {
      type: 'invoke',
      id,
      at: epochMs(performance.now()),
      due: epochMs(dueMs),
      operation,
      customer,
      write,
      ...(request.key === undefined ? {} : { key: request.key }),
      method: request.method,
      path: request.path,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(retryOf === undefined ? {} : { retryOf }),
      ...(token === undefined ? {} : { token }),
    };
    // A write may have an effect from now on, even if this process is killed in the next instant.
    if (write) this.#ledger.appendNow(invoke);
    else this.#ledger.append(invoke);

    const told = token === undefined ? [] : [this.#tokens?.header ?? '', token];
    const answer = await this.#sender.send(httpRequestOf(planned, told));
    if (answer.token !== undefined) this.#tokens?.keep(customer, answer.token);
    const nowMs = performance.now();
    const result: Result = {
      ...classify(answer),
      id,
      at: epochMs(nowMs),
      latencyMs: round(nowMs - dueMs),
      ...detailsOf(answer),
      traceId,
    };
    this.#ledger.append(result);
    return { invoke, result };
  }
}

/** Milliseconds since the epoch, on the clock that never jumps. */
export function epochMs(monotonicMs: number): number {
  return round(performance.timeOrigin + monotonicMs);
}

/** To a microsecond. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function httpRequestOf(planned: PlannedRequest, more: readonly string[]): HttpRequest {
  const { request, customer, write, keepAnswer, traceId, spanId, sampled } = planned;
  const trace = `00-${traceId}-${spanId}-0${sampled ? 1 : 0}`;
  const headers = ['x-customer', customer, 'traceparent', trace, ...more];
  if (request.key !== undefined) headers.push('idempotency-key', request.key);
  if (request.body !== undefined) headers.push('content-type', 'application/json');
  return {
    method: request.method,
    path: request.path,
    headers,
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    wantBody: write || keepAnswer,
  };
}

function detailsOf(
  answer: HttpAnswer,
): Pick<Result, 'status' | 'code' | 'response' | 'readFrom' | 'stalenessMs' | 'token'> {
  const code = answer.transportError ?? answer.problemCode;
  return {
    ...(answer.status === undefined ? {} : { status: answer.status }),
    ...(code === undefined ? {} : { code }),
    ...(answer.body === undefined ? {} : { response: answer.body }),
    ...(answer.readFrom === undefined ? {} : { readFrom: answer.readFrom }),
    ...(answer.stalenessMs === undefined ? {} : { stalenessMs: answer.stalenessMs }),
    ...(answer.token === undefined ? {} : { token: answer.token }),
  };
}

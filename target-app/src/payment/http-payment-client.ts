import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { Pool } from 'undici';
import { z } from 'zod';
import type { Deadline } from '../data/deadline.ts';
import { journalEntrySchema } from '../payment-provider/journal-lines.ts';
import type { paymentOperations, paymentOutcomes } from '../telemetry/shop-metrics.ts';
import type { PaymentClient } from './payment-client.ts';
import { PaymentUnavailable } from './payment-errors.ts';
import { captureStateSchema, resultSchema } from './payment-schemas.ts';

type Operation = (typeof paymentOperations)[number];
type Outcome = (typeof paymentOutcomes)[number];

export interface HttpPaymentClientOptions {
  readonly url: string;
  /** Asked for at each call: it can be another one since the last. */
  readonly token: () => string;
  /** Of one call with its connect, milliseconds; at its end the socket is closed. */
  readonly deadlineMs: number;
  readonly observe: (operation: Operation, outcome: Outcome, seconds: number) => void;
}

interface Call {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
}

const tracer = trace.getTracer('shop');

/** Whoever gave no answer may have done what was asked. */
const outcomeOf = ({ reason }: PaymentUnavailable): Outcome =>
  reason === 'refused' || reason === 'unauthorized' ? reason : 'unknown';

export function createHttpPaymentClient(options: HttpPaymentClientOptions): PaymentClient {
  const pool = new Pool(options.url, {
    connections: 64,
    connect: { timeout: options.deadlineMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  async function send(call: Call, deadline: Deadline): Promise<{ status: number; body: unknown }> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), deadline.allow(options.deadlineMs));
    const headers: Record<string, string> = { authorization: `Bearer ${options.token()}` };
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    propagation.inject(context.active(), headers);
    try {
      const response = await pool.request({
        method: call.method,
        path: call.path,
        headers,
        signal: abort.signal,
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
      return { status: response.statusCode, body: await response.body.json() };
    } catch (error) {
      throw new PaymentUnavailable(abort.signal.aborted ? 'timeout' : 'connection', error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends, measures and traces; `read` makes the answer's value and its outcome, or throws. */
  function ask<T>(
    call: Call,
    deadline: Deadline,
    read: (status: number, body: unknown) => readonly [T, Outcome],
  ) {
    return tracer.startActiveSpan(`payment.${call.operation}`, async (span) => {
      const startedAt = performance.now();
      let outcome: Outcome = 'unknown';
      try {
        const { status, body } = await send(call, deadline);
        if (status >= 500) throw new PaymentUnavailable('connection');
        if (status === 401) throw new PaymentUnavailable('unauthorized');
        const [value, known] = read(status, body);
        outcome = known;
        return value;
      } catch (error) {
        if (error instanceof PaymentUnavailable) outcome = outcomeOf(error);
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: error instanceof Error ? error.message : 'error',
        });
        throw error;
      } finally {
        span.setAttribute('payment.outcome', outcome);
        span.end();
        options.observe(call.operation, outcome, (performance.now() - startedAt) / 1000);
      }
    });
  }

  const post = (operation: Operation, path: string, body: unknown, deadline: Deadline) =>
    ask({ operation, method: 'POST', path, body }, deadline, (status, answer) => {
      if (status !== 200) throw new PaymentUnavailable('refused', new Error(`status ${status}`));
      const { result } = resultSchema.parse(answer);
      return [result, result];
    });

  return {
    capture: (request, deadline) => post('capture', '/captures', request, deadline),
    void: (request, deadline) => post('void', '/voids', request, deadline),
    refund: (request, deadline) => post('refund', '/refunds', request, deadline),
    lookUp: (key, deadline) =>
      ask(
        { operation: 'lookup', method: 'GET', path: `/captures/${encodeURIComponent(key)}` },
        deadline,
        (status, body) => {
          if (status === 404) return [undefined, 'not_found'];
          if (status !== 200) throw new PaymentUnavailable('refused', new Error(`status ${status}`));
          return [captureStateSchema.parse(body), 'accepted'];
        },
      ),
    journal: (after, deadline) =>
      ask(
        { operation: 'journal', method: 'GET', path: `/journal?after=${after}` },
        deadline,
        (status, body) => {
          if (status !== 200) throw new PaymentUnavailable('refused', new Error(`status ${status}`));
          return [z.strictObject({ entries: z.array(journalEntrySchema) }).parse(body).entries, 'accepted'];
        },
      ),
    close: () => pool.close(),
  };
}

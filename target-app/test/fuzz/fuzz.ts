import fc from 'fast-check';
import { operationOf, violation } from './contract.ts';
import { known } from './from-schema.ts';
import { anyRequest, type FuzzRequest } from './request.ts';
import { type RawAnswer, sendRaw } from './send-raw.ts';

export interface FuzzOptions {
  /** The api's port on 127.0.0.1. */
  readonly port: number;
  readonly cases: number;
  readonly seed: number;
}

export interface FuzzSummary {
  readonly cases: number;
  /** Status → answers. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operation → accepted requests. */
  readonly accepted: Readonly<Record<string, number>>;
}

interface KnownOrder {
  readonly order: string;
  readonly customer: string;
  readonly sku: string;
}

const atOnce = 4;
const shown = 5;
const answerDeadlineMs = 30_000;

/**
 * Sends requests made from the OpenAPI document, a few at a time, and holds each answer against it. Deterministic in what is
 * sent but for the ids that the shop makes.
 * @throws with the first requests whose answers break the document, at most {@link shown}.
 */
export async function fuzz({ port, cases, seed }: FuzzOptions): Promise<FuzzSummary> {
  const requests = fc.sample(anyRequest, { numRuns: cases, seed });
  const orders: KnownOrder[] = [];
  const statuses: Record<string, number> = {};
  const accepted: Record<string, number> = {};
  let next = 0;

  const broken: string[] = [];

  async function one(index: number): Promise<void> {
    const request = withKnown(requests[index]!, orders);
    const answer = await sendRaw(port, request, answerDeadlineMs).catch((error: Error) => error);
    const wrong = answer instanceof Error ? answer.message : violation(request, answer);
    if (wrong !== undefined) broken.push(describe(index, request, wrong, answer));
    if (wrong !== undefined || answer instanceof Error) return;
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (answer.status >= 300) return;
    const operation = operationOf(request)?.operationId;
    if (operation === undefined) return;
    accepted[operation] = (accepted[operation] ?? 0) + 1;
    if (operation === 'checkout') orders.push(orderOf(request, answer));
  }
  async function worker(): Promise<void> {
    while (next < requests.length && broken.length < shown) {
      next += 1;
      await one(next - 1);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (broken.length > 0) throw new Error(broken.join('\n\n'));
  return { cases: requests.length, statuses, accepted };
}

function orderOf(request: FuzzRequest, answer: RawAnswer): KnownOrder {
  const { orderId, lines } = JSON.parse(answer.body) as {
    orderId: string;
    lines: readonly { sku: string }[];
  };
  const customer = request.headers.find(([name]) => name === 'X-Customer')?.[1] ?? 'c-1';
  return { order: orderId, customer, sku: lines[0]?.sku ?? 'SKU-0001' };
}

/** Names in a request become those of one order that is known by now; before there is any, of nobody's. */
function withKnown(request: FuzzRequest, orders: readonly KnownOrder[]): FuzzRequest {
  const story = orders[request.story % Math.max(1, orders.length)] ?? {
    order: '00000000-0000-4000-8000-000000000000',
    customer: 'c-1',
    sku: 'SKU-0001',
  };
  const put = (text: string): string =>
    text
      .replaceAll(known.order, story.order)
      .replaceAll(known.customer, story.customer)
      .replaceAll(known.sku, story.sku);
  const { body } = request;
  return {
    ...request,
    target: put(request.target),
    headers: request.headers.map(([name, value]) => [name, put(value)]),
    body:
      body?.json === undefined ? body : { ...body, json: put(body.json), bytes: Buffer.from(put(body.json)) },
  };
}

function describe(index: number, request: FuzzRequest, wrong: string, answer: RawAnswer | Error): string {
  const headers = request.headers.map(([name, value]) => `${name}: ${value.slice(0, 200)}`).join('\n');
  return [
    `case ${index} (${request.operation.operationId}): ${wrong}`,
    `${request.method} ${request.target.slice(0, 300)}`,
    headers,
    request.body?.bytes.toString('utf8').slice(0, 500) ?? '',
    answer instanceof Error ? '' : `→ ${answer.status} ${answer.body.slice(0, 500)}`,
  ].join('\n');
}

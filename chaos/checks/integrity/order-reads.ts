import type { Operation } from '../../ledger/operations.ts';

/** What a customer was shown of an order. */
export interface OrderRead {
  readonly id: number;
  readonly customer: string;
  /** When it was asked, and when the answer came; ms since the epoch. */
  readonly sentAt: number;
  readonly at: number;
  /** `undefined`: the shop said that there is no such order. */
  readonly status: string | undefined;
  /** The replica that answered, when the answer named one. */
  readonly readFrom: string | undefined;
  readonly stalenessMs: number | undefined;
}

const orderPath = /^\/orders\/([^/?]+)$/;

/** Takes a read of one order whose answer the ledger kept; anything else is left out. */
export function addRead(reads: Map<string, OrderRead[]>, { invoke, result }: Operation): void {
  if (result === undefined || result.type === 'unknown') return;
  const order = orderPath.exec(invoke.path)?.[1];
  if (order === undefined) return;
  const status = result.type === 'ok' ? statusIn(result.response, order) : undefined;
  // A 200 without a body tells nothing; of the refusals only "not there" tells of the order.
  if (status === undefined && result.status !== 404) return;
  const read: OrderRead = {
    id: invoke.id,
    customer: invoke.customer,
    sentAt: invoke.at,
    at: result.at,
    status,
    readFrom: result.readFrom,
    stalenessMs: result.stalenessMs,
  };
  const group = reads.get(order);
  if (group === undefined) reads.set(order, [read]);
  else group.push(read);
}

function statusIn(response: unknown, order: string): string | undefined {
  if (typeof response !== 'object' || response === null) return undefined;
  const { orderId, status } = response as { readonly orderId?: unknown; readonly status?: unknown };
  return orderId === order && typeof status === 'string' ? status : undefined;
}

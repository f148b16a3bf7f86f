import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditSnapshot, AuditSource, Target } from '../target.ts';

export interface Settled {
  readonly settled: boolean;
  /** One line with figures: what still moved, or how long it took. */
  readonly text: string;
}

/**
 * Waits until every order rests in a terminal state and no stock is held: the shop's sweeper and reconciler have to come
 * to an end by themselves. Then it waits for what follows from that, the projection and the money of lost orders; where
 * that never comes, the checker says what is wrong. Reads the books directly.
 */
export async function settleBooks(
  target: Target,
  source: AuditSource,
  patienceMs: number,
  onFigure: (text: string) => void,
  signal: AbortSignal,
): Promise<Settled> {
  const started = performance.now();
  for (;;) {
    let text: string;
    try {
      const books = await target.audit(source);
      const moving =
        books.orders.filter((order) => !target.states.terminal.includes(order.status)).length +
        books.returns.filter((row) => row.status !== 'refunded').length;
      const held = books.stock.reduce((sum, stock) => sum + stock.held, 0);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (moving === 0 && held === 0) {
        const { behind, orphans } = aftermath(books);
        if (behind + orphans === 0) return { settled: true, text: `every order at rest after ${seconds} s` };
        text = `every order at rest, ${behind} behind in the projection, ${orphans} unknown orders charged`;
        if (performance.now() - started > patienceMs) return { settled: true, text };
      } else text = `${moving} orders not at rest, ${held} units held`;
    } catch (error) {
      text = `the books cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() - started > patienceMs || signal.aborted) return { settled: false, text };
    onFigure(text);
    await sleep(500, undefined, { signal }).catch(() => {});
  }
}

/** Orders whose last event the projection has not taken in, and orders that only the provider knows, with money held. */
function aftermath({ orders, events, projection, payments }: AuditSnapshot): {
  readonly behind: number;
  readonly orphans: number;
} {
  const seen = new Map(projection.map((row) => [row.orderId, row.lastSequence]));
  const behind = new Set(
    events.filter((event) => event.sequence > (seen.get(event.orderId) ?? 0)).map((event) => event.orderId),
  );
  const known = new Set(orders.map((order) => order.id));
  const net = new Map<string, number>();
  for (const { orderId, operation, result, cents } of payments) {
    if (known.has(orderId) || result !== 'accepted') continue;
    net.set(orderId, (net.get(orderId) ?? 0) + (operation === 'capture' ? cents : -cents));
  }
  return { behind: behind.size, orphans: [...net.values()].filter((cents) => cents !== 0).length };
}

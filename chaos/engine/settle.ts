import { setTimeout as sleep } from 'node:timers/promises';
import { booksOf, dueCents, isKnown, netCents } from '../checks/integrity/books.ts';
import type { AuditSnapshot, AuditSource, StateMachine, Target } from '../target.ts';

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
        const { behind, charged } = aftermath(books, target.states);
        if (behind + charged === 0) return { settled: true, text: `every order at rest after ${seconds} s` };
        text = `every order at rest, ${behind} behind in the projection, ${charged} charged for what they do not owe`;
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

/** Orders whose last event the projection has not taken in, and those, lost ones too, whose money has not gone back yet. */
function aftermath(
  audit: AuditSnapshot,
  states: StateMachine,
): { readonly behind: number; readonly charged: number } {
  const seen = new Map(audit.projection.map((row) => [row.orderId, row.lastSequence]));
  const behind = new Set(
    audit.events
      .filter((event) => event.sequence > (seen.get(event.orderId) ?? 0))
      .map((event) => event.orderId),
  );
  const books = booksOf(audit);
  const charged = [...books.byOrder.values()].filter(
    (known) => netCents(known.money) > (isKnown(known) ? dueCents(known, states) : 0),
  );
  return { behind: behind.size, charged: charged.length };
}

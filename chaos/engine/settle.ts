import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditSource, Target } from '../target.ts';

export interface Settled {
  readonly settled: boolean;
  /** One line with figures: what still moved, or how long it took. */
  readonly text: string;
}

/**
 * Waits until every order rests in a terminal state and no stock is held: the shop's sweeper and reconciler have to come
 * to an end by themselves. Reads the books directly.
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
      const moving = books.orders.filter((order) => !target.states.terminal.includes(order.status)).length;
      const held = books.stock.reduce((sum, stock) => sum + stock.held, 0);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (moving === 0 && held === 0)
        return { settled: true, text: `every order at rest after ${seconds} s` };
      text = `${moving} orders not at rest, ${held} units held`;
    } catch (error) {
      text = `the books cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() - started > patienceMs || signal.aborted) return { settled: false, text };
    onFigure(text);
    await sleep(500, undefined, { signal }).catch(() => {});
  }
}

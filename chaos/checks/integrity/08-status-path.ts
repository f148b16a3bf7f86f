import type { AuditOrder, AuditTransition, StateMachine } from '../../target.ts';
import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';

/** 8. An order's status history is a path of the state machine, and ends where the order stands. */
export const statusPath: Invariant = ({ books, states }) => {
  const violations: Finding[] = [];
  for (const { order, transitions } of books.orders) {
    const wrong = firstWrongStep(order, transitions, states);
    if (wrong !== undefined) violations.push({ order: order.id, message: `order ${order.id}: ${wrong}` });
  }
  for (const { id, order, transitions } of books.byOrder.values()) {
    if (order !== undefined || transitions.length === 0) continue;
    violations.push({
      order: id,
      message: `order ${id} has ${transitions.length} transitions and no order row`,
    });
  }
  return {
    invariant: 8,
    promise: "an order's status history is a path of the state machine",
    examined: books.orders.length,
    violations,
    unresolved: [],
    admitted: [],
  };
};

function firstWrongStep(
  order: AuditOrder,
  path: readonly AuditTransition[],
  states: StateMachine,
): string | undefined {
  let at: string | null = null;
  for (const [index, step] of path.entries()) {
    if (step.sequence !== index + 1) return `transition ${index + 1} is missing (next is ${step.sequence})`;
    if (step.from !== at)
      return `transition ${step.sequence} leaves ${step.from ?? 'nothing'}, but it was ${at ?? 'nothing'}`;
    const legal: readonly string[] = at === null ? states.initial : (states.next[at] ?? []);
    if (!legal.includes(step.to)) return `${at ?? 'nothing'} → ${step.to} is not in the state machine`;
    at = step.to;
  }
  if (at === order.status) return undefined;
  return `its history ends at ${at ?? 'nothing'}, but it is ${order.status}`;
}

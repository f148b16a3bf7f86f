import type { AuditEvent, AuditTransition } from '../../target.ts';
import type { Finding, Invariant } from './invariant.ts';

/** 9. Each transition has exactly one event with its sequence number, without gaps. */
export const events: Invariant = ({ books }) => {
  const violations: Finding[] = [];
  for (const [order, transitions] of books.transitions) {
    const wrong = difference(transitions, books.events.get(order) ?? []);
    if (wrong !== undefined) violations.push({ order, message: `order ${order}: ${wrong}` });
  }
  for (const [order, emitted] of books.events) {
    if (books.transitions.has(order)) continue;
    violations.push({ order, message: `order ${order} has ${emitted.length} events and no transition` });
  }
  return {
    invariant: 9,
    promise: 'transitions and events match one to one, without gaps',
    examined: books.transitions.size,
    violations,
    unresolved: [],
  };
};

function difference(
  transitions: readonly AuditTransition[],
  emitted: readonly AuditEvent[],
): string | undefined {
  if (transitions.length !== emitted.length)
    return `${transitions.length} transitions, ${emitted.length} events`;
  for (const [index, event] of emitted.entries()) {
    if (event.sequence !== index + 1) return `event ${index + 1} is missing (next is ${event.sequence})`;
    if (transitions[index]!.sequence !== event.sequence)
      return `event ${event.sequence} belongs to no transition`;
  }
  return undefined;
}

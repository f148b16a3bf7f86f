import type { AuditEvent, AuditProjection, AuditTransition } from '../../target.ts';
import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';

/** 9. Each transition has exactly one event, without gaps; the events replayed from zero are the live projection. */
export const events: Invariant = ({ books, settled }) => {
  const violations: Finding[] = [];
  const unresolved: Finding[] = [];
  let examined = 0;
  for (const { id: order, transitions, events: emitted, projection } of books.byOrder.values()) {
    if (transitions.length > 0) {
      examined += 1;
      const wrong = difference(transitions, emitted);
      if (wrong !== undefined) violations.push({ order, message: `order ${order}: ${wrong}` });
    }
    if (emitted.length === 0) {
      if (projection.length === 0) continue;
      violations.push({ order, message: `the projection knows order ${order}, of which no event tells` });
      continue;
    }
    if (transitions.length === 0) {
      violations.push({ order, message: `order ${order} has ${emitted.length} events and no transition` });
    }
    const [row] = projection;
    const wrong = projection.length > 1 ? `is ${projection.length} rows` : departure(emitted, row);
    if (wrong === undefined) continue;
    const finding = { order, message: `the projection of order ${order} ${wrong}` };
    // What only lags may still come, until everything had its time.
    if (isLate(emitted, row) && !settled)
      unresolved.push({ order, message: `${finding.message}; the run did not settle` });
    else violations.push(finding);
  }
  return {
    invariant: 9,
    promise:
      'transitions and events match one to one, without gaps; replayed from zero they are the live projection',
    examined,
    violations,
    unresolved,
    admitted: [],
  };
};

function difference(
  transitions: readonly AuditTransition[],
  emitted: readonly AuditEvent[],
): string | undefined {
  if (transitions.length !== emitted.length)
    return `${transitions.length} transitions, ${emitted.length} events`;
  for (const [index, event] of emitted.entries()) {
    const transition = transitions[index]!;
    if (event.sequence !== index + 1) return `event ${index + 1} is missing (next is ${event.sequence})`;
    if (transition.sequence !== event.sequence) return `event ${event.sequence} belongs to no transition`;
    if (transition.to !== event.status)
      return `transition ${event.sequence} leads to ${transition.to}, its event says ${event.status}`;
  }
  return undefined;
}

/** The state that follows from an order's events, taken in one after the other from nothing: each replaces the one before. */
function replay(emitted: readonly AuditEvent[]): Omit<AuditProjection, 'orderId'> {
  const last = emitted.at(-1);
  if (last === undefined) return { customer: '', status: '', totalCents: 0, lastSequence: 0 };
  const { customer, status, totalCents, sequence } = last;
  return { customer, status, totalCents, lastSequence: sequence };
}

function departure(emitted: readonly AuditEvent[], row: AuditProjection | undefined): string | undefined {
  const due = replay(emitted);
  if (row === undefined) return `is missing; ${emitted.length} events tell of it`;
  if (row.lastSequence < due.lastSequence) {
    return `stands at event ${row.lastSequence} (${row.status}), the last is ${due.lastSequence} (${due.status})`;
  }
  if (row.status !== due.status || row.lastSequence !== due.lastSequence) {
    return `says ${row.status} by event ${row.lastSequence}, its events say ${due.status} by ${due.lastSequence}`;
  }
  if (row.totalCents !== due.totalCents) return `says ${row.totalCents} cents, its events ${due.totalCents}`;
  if (row.customer !== due.customer) return `belongs to ${row.customer}, its events say ${due.customer}`;
  return undefined;
}

/** It shows what an earlier one of the events left, or nothing yet. */
function isLate(emitted: readonly AuditEvent[], row: AuditProjection | undefined): boolean {
  if (row === undefined) return true;
  const seen = emitted.filter((event) => event.sequence <= row.lastSequence);
  return seen.length < emitted.length && departure(seen, row) === undefined;
}

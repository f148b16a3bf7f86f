import { expect, it } from 'vitest';
import { orderStates, orderStatuses } from './states.ts';

it('rests only where nothing is due, and leaves every other state', () => {
  for (const status of orderStatuses) {
    const next: readonly string[] = orderStates.next[status];
    const terminal = (orderStates.terminal as readonly string[]).includes(status);
    // A paid order may rest, and may still be cancelled.
    expect(next.length === 0, status).toBe(terminal && status !== 'paid');
  }
});

it('reaches every state from the first', () => {
  const reached = new Set<string>(orderStates.initial);
  for (const status of reached) {
    for (const next of orderStates.next[status as keyof typeof orderStates.next]) reached.add(next);
  }
  expect([...reached].toSorted()).toEqual([...orderStatuses].toSorted());
});

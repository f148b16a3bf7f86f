import { expect, it } from 'vitest';
import { orderStates, orderStatuses } from './states.ts';

it('rests only where nothing is due, and leaves every other state', () => {
  for (const status of orderStatuses) {
    const next: readonly string[] = orderStates.next[status];
    const terminal = (orderStates.terminal as readonly string[]).includes(status);
    // What was bought may rest, and may still be cancelled or brought back.
    const mayGoOn = status === 'paid' || status === 'part_returned';
    expect(next.length === 0, status).toBe(terminal && !mayGoOn);
  }
});

it('reaches every state from the first', () => {
  const reached = new Set<string>(orderStates.initial);
  for (const status of reached) {
    for (const next of orderStates.next[status as keyof typeof orderStates.next]) reached.add(next);
  }
  expect([...reached].toSorted()).toEqual([...orderStatuses].toSorted());
});

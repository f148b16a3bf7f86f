import { cancelledSale, partReturn, plainSale } from '../histories.ts';
import { type ModelRun, transitions } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';
import type { Audit } from './spoil.ts';

/** Transitions, events and a projection that do not tell the same. */
export const history: readonly Corruption[] = [
  {
    name: 'an order jumps over a state',
    caughtBy: [8],
    victim: cancelledSale,
    spoil: ({ audit }, id) => {
      const others = audit.transitions.filter((row) => row.orderId !== id);
      audit.transitions = [...others, ...transitions(id, ['pending', 'cancelled'])];
    },
  },
  {
    name: 'a transition is missing',
    caughtBy: [8, 9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.transitions = audit.transitions.filter((row) => row.orderId !== id || row.sequence !== 1);
    },
  },
  {
    name: 'an event is missing',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.events = audit.events.filter((row) => row.orderId !== id || row.sequence !== 2);
    },
  },
  {
    name: 'an event tells another state than its transition',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.events = audit.events.map((row) => (row.orderId === id ? { ...row, status: 'failed' } : row));
    },
  },
  {
    name: 'the projection never took the last event in',
    caughtBy: [9],
    victim: plainSale,
    spoil: (run, id) => project(run, id, { status: 'pending', lastSequence: 1 }),
  },
  {
    name: 'the projection forgot an order',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.projection = audit.projection.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'the projection went back to an earlier state',
    caughtBy: [9],
    victim: partReturn,
    spoil: (run, id) => project(run, id, { status: 'paid' }),
  },
  {
    name: 'the projection shows an order to somebody else',
    caughtBy: [9],
    victim: plainSale,
    spoil: (run, id) => project(run, id, { customer: 'c-else' }),
  },
  {
    name: 'the projection knows an order of which no event tells',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }) =>
      audit.projection.push({
        orderId: 'o-ghost',
        customer: 'c-1',
        status: 'paid',
        totalCents: 1,
        lastSequence: 2,
      }),
  },
];

function project(run: ModelRun, id: string, change: Partial<Audit['projection'][number]>): void {
  run.audit.projection = run.audit.projection.map((row) =>
    row.orderId === id ? { ...row, ...change } : row,
  );
}

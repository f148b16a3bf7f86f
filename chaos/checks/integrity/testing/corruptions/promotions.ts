import { lostSale, plainSale } from '../histories.ts';
import { divergedAt, type ModelRun, payment } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';
import { checkoutOf } from './spoil.ts';

/** Losses that no promotion explains. */
export const promotions: readonly Corruption[] = [
  {
    name: 'an acknowledged order is on a primary of before a failover and nowhere else',
    caughtBy: [1, 11],
    victim: plainSale,
    othersAsAtLevel1: true,
    spoil: (run, id) => {
      run.level = 4;
      const told = checkoutOf(run, id);
      run.divergences.push(divergedAt('pg-1', told, told.result?.response));
      run.audit.orders = run.audit.orders.filter((order) => order.id !== id);
      run.audit.keys = run.audit.keys.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'an acknowledged order is lost with a promotion at a level that loses none',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => {
      run.level = 4;
    },
  },
  {
    name: 'an acknowledged order is lost without a promotion',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => {
      run.promotions = [];
    },
  },
  {
    name: 'an order that the promoted standby had replayed is lost',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) =>
      promoted(run, { lastReplayedAt: new Date(run.operations.length * 100 + 40).toISOString() }),
  },
  {
    name: 'an order is lost by a promotion of which nobody knows how far it had replayed',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => promoted(run, { lastReplayedAt: undefined }),
  },
  {
    name: 'an order is acknowledged after the old primary was fenced, and lost',
    caughtBy: [1],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => promoted(run, { fencedAt: new Date(run.operations.length * 100 - 40).toISOString() }),
  },
  {
    name: 'the money of an order that a promotion took is kept',
    caughtBy: [3, 5],
    victim: lostSale,
    spoil: ({ audit }, id) => {
      audit.payments = audit.payments.filter((row) => row.orderId !== id || row.operation === 'capture');
    },
  },
  {
    name: 'money goes back long after the promotion, and nobody knows why',
    caughtBy: [5],
    victim: plainSale,
    othersAsAtLevel1: true,
    spoil: (run, id) => {
      const at = run.operations.length * 100;
      const [lastReplayedAt, fencedAt] = [at, at + 100].map((ms) => new Date(ms).toISOString()) as [
        string,
        string,
      ];
      run.promotions.push({ from: 'pg-1', to: 'pg-2', lastReplayedAt, fencedAt, promotedAt: fencedAt });
      run.audit.payments.push(payment(id, 'refund', 500, at + 60_000));
    },
  },
];

function promoted(run: ModelRun, change: Partial<ModelRun['promotions'][number]>): void {
  run.promotions = run.promotions.map((promotion) => ({ ...promotion, ...change }));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../ledger/operations.ts';
import { verdictOf } from './invariant.ts';
import { checkInvariants } from './invariants.ts';
import { corruptions } from './testing/corruptions/index.ts';
import { expiredHold, histories, lostSale, partReturn, plainSale } from './testing/histories.ts';
import {
  asked,
  divergedAt,
  type ModelCheckout,
  modelRun,
  opinion,
  payment,
  send,
  sendReview,
  show,
} from './testing/model-shop.ts';

describe('a shop that keeps its promises', () => {
  it('is never accused, whatever was lost on the way', () => {
    fc.assert(
      fc.property(histories, (checkouts) => {
        for (const result of checkInvariants(asked(modelRun(checkouts))).results) {
          expect(result.violations).toEqual([]);
          expect(result.unresolved).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has each write that a promotion took counted, and no other', () => {
    fc.assert(
      fc.property(histories, (checkouts) => {
        const lost = checkouts.filter(({ lostByPromotion, fate }) => lostByPromotion && fate === 'paid');
        const { losses, results } = checkInvariants(asked(modelRun(checkouts)));
        expect(losses.findings).toHaveLength(lost.length);
        const acknowledged = lost.filter(({ learns }) => learns.includes('answer'));
        expect(losses.orders.size).toBe(acknowledged.length);
        expect(results[0]?.admitted).toHaveLength(acknowledged.length);
      }),
      { numRuns: 100 },
    );
  });

  it('has each stale read of a replica counted', () => {
    const run = modelRun([
      { ...partReturn, reads: 'behind' },
      { ...plainSale, reads: 'fresh' },
    ]);
    const { admitted } = checkInvariants(asked(run)).results.find(({ invariant }) => invariant === 10)!;
    expect(admitted).toHaveLength(2);
    expect(admitted[1]?.message).toMatch(
      /^order o-0: request \d+ was shown paid by pg-2, 120 ms behind by its own word, \d+ ms after it was known as part_returned$/,
    );
  });
});

/** Neither lost nor read late. */
const asAtLevel1 = (checkout: ModelCheckout): ModelCheckout => ({
  ...checkout,
  reads: checkout.reads === 'behind' ? 'fresh' : checkout.reads,
  lostByPromotion: false,
});

describe.each(corruptions.map((corruption) => [corruption.name, corruption] as const))(
  '%s',
  (_name, corruption) => {
    it(`is caught by invariant ${corruption.caughtBy.join(' and ')}, which names it`, () => {
      fc.assert(
        fc.property(histories, (drawn) => {
          const others = corruption.othersAsAtLevel1 ? drawn.map(asAtLevel1) : drawn;
          const run = modelRun([...others, corruption.victim]);
          const id = `o-${others.length}`;
          corruption.spoil(run, id);
          const { results } = checkInvariants(asked(run));
          for (const number of corruption.caughtBy) {
            const { violations } = results.find((result) => result.invariant === number)!;
            expect(violations.length).toBeGreaterThan(0);
            for (const { order, key, sku } of violations) {
              expect([id, `${id}-again`, 'o-ghost', `k-${others.length}`, 'v-victim', 'SKU-1']).toContain(
                sku ?? order ?? key,
              );
            }
          }
        }),
        { numRuns: 40 },
      );
    });
  },
);

describe('what a promotion took', () => {
  /** Told by a primary that is gone, after what the new one knew. */
  function promoteAfter(run: ReturnType<typeof modelRun>, act: () => void): void {
    const time = (ms: number) => new Date(run.operations.length * 100 + ms).toISOString();
    const lastReplayedAt = time(50);
    act();
    run.promotions.push({
      from: 'pg-1',
      to: 'pg-2',
      lastReplayedAt,
      fencedAt: time(50),
      promotedAt: time(60),
    });
  }
  const of = (run: ReturnType<typeof modelRun>) => {
    const { results, losses } = checkInvariants(asked(run));
    expect(results.flatMap(({ violations }) => violations)).toEqual([]);
    return losses.findings.map(({ message }) => message);
  };

  it('may be a cancellation: the goods count as sold again, the money as gone', () => {
    const run = modelRun([plainSale]);
    promoteAfter(run, () => {
      send(run, 'cancel', { customer: 'c-0', key: 'x-0', path: '/orders/o-0/cancel', body: {} }, 'ok', {
        orderId: 'o-0',
        status: 'cancelled',
      });
      run.audit.payments.push(payment('o-0', 'refund', 500, run.operations.length * 100 + 10));
    });
    expect(of(run)).toEqual([
      expect.stringMatching(
        /^the cancellation of order o-0, acknowledged at .*; lost by the promotion of pg-2$/,
      ),
      expect.stringMatching(/^order o-0 is paid, why its money went back is forgotten/),
    ]);
  });

  it('may be a return', () => {
    const run = modelRun([plainSale]);
    promoteAfter(run, () => {
      const body = { lines: [{ sku: 'SKU-1', quantity: 1 }] };
      send(run, 'return', { customer: 'c-0', key: 'r-0', path: '/orders/o-0/returns', body }, 'ok', {
        orderId: 'o-0',
        orderStatus: 'part_returned',
      });
      run.audit.payments.push(payment('o-0', 'refund', 250, run.operations.length * 100 + 10));
    });
    expect(of(run)).toHaveLength(2);
  });

  it('may be a review', () => {
    const run = modelRun([plainSale]);
    promoteAfter(run, () => sendReview(run, opinion('c-0', 'SKU-1', 'v-0'), 'v-0', 'ok'));
    expect(of(run)).toEqual([expect.stringMatching(/^a review by c-0, acknowledged at .* of pg-2$/)]);
  });

  it('may be the payment of an order whose hold then ran out', () => {
    const run = modelRun([{ ...plainSale, fate: 'expired', learns: [] }]);
    promoteAfter(run, () => {
      const told = { orderId: 'o-0', status: 'paid', totalCents: 500, lines: run.audit.orders[0]!.lines };
      const body = { lines: [{ sku: 'SKU-1', quantity: 2 }] };
      send(run, 'checkout', { customer: 'c-0', key: 'k-0', path: '/orders', body }, 'ok', told);
    });
    expect(of(run)).toEqual([expect.stringContaining('order o-0, acknowledged as paid at')]);
  });

  it('may be a payment that the sweeper then confirms again, which a customer sees', () => {
    const run = modelRun([{ ...plainSale, learns: [] }]);
    promoteAfter(run, () => {
      const told = { orderId: 'o-0', status: 'paid', totalCents: 500, lines: run.audit.orders[0]!.lines };
      const body = { lines: [{ sku: 'SKU-1', quantity: 2 }] };
      send(run, 'checkout', { customer: 'c-0', key: 'k-0', path: '/orders', body }, 'ok', told);
    });
    show(run, 0, 'pending');
    expect(of(run)).toEqual([]);
    run.promotions = [];
    expect(
      checkInvariants(asked(run)).results.find(({ invariant }) => invariant === 10)?.violations,
    ).toHaveLength(1);
  });

  it('is told with the time of its acknowledgement', () => {
    expect(of(modelRun([plainSale, lostSale]))).toEqual([
      'order o-1, acknowledged as paid at 1970-01-01T00:00:00.220Z, is gone; lost by the promotion of pg-2',
    ]);
  });
});

describe('what only a primary of before a failover has', () => {
  const eleventh = (run: ReturnType<typeof modelRun>) =>
    checkInvariants({ ...asked(run), level: 4 }).results.find(({ invariant }) => invariant === 11);

  it('accuses nobody where its client never heard of it, or the new primary came to the same', () => {
    const run = modelRun([plainSale, { ...plainSale, fate: 'never-arrived', learns: ['nothing'] }]);
    const [kept, unheard] = run.operations as [Operation, Operation];
    run.divergences.push(divergedAt('pg-1', kept, kept.result?.response));
    run.divergences.push(divergedAt('pg-1', unheard, { orderId: 'o-1', status: 'paid' }));
    expect(eleventh(run)).toMatchObject({ examined: 2, violations: [], unresolved: [] });
  });

  it('is a question that stays open when it could not be listed', () => {
    const run = modelRun([plainSale]);
    run.divergences.push({ node: 'pg-1', commits: 0, answers: [], problem: 'its disk is gone' });
    expect(eleventh(run)?.unresolved).toEqual([
      { message: 'what only pg-1 has is not known: its disk is gone' },
    ]);
  });
});

describe('a run that did not settle', () => {
  it('leaves an order under way unresolved instead of accusing it', () => {
    const run = modelRun([plainSale, { ...plainSale, learns: ['nothing'] }]);
    const { audit } = run;
    audit.orders[1] = { ...audit.orders[1]!, status: 'pending' };
    audit.transitions = audit.transitions.filter((row) => row.orderId !== 'o-1' || row.sequence === 1);
    audit.events = audit.events.filter((row) => row.orderId !== 'o-1' || row.sequence === 1);
    audit.projection = audit.projection.filter((row) => row.orderId !== 'o-1');
    audit.payments = audit.payments.filter((row) => row.orderId !== 'o-1');
    audit.stock = audit.stock.map((row) => (row.sku === 'SKU-1' ? { ...row, held: 2 } : row));
    const { results } = checkInvariants(asked(run, false));
    expect(results.filter((result) => verdictOf(result) === 'fail')).toEqual([]);
    const unresolved = (number: number) => results.find((result) => result.invariant === number)?.unresolved;
    expect(unresolved(2)).toMatchObject([{ order: 'o-1' }]);
    expect(unresolved(6)).toMatchObject([{ sku: 'SKU-1' }]);
    expect(unresolved(9)).toMatchObject([{ order: 'o-1' }]);
  });

  it('leaves an expired order whose void is under way unresolved, and accuses it once all has settled', () => {
    const run = modelRun([{ ...expiredHold, learns: ['nothing'] }]);
    run.audit.payments = [payment('o-0', 'capture', 500, 10)];
    const found = (settled: boolean, list: 'violations' | 'unresolved') =>
      checkInvariants(asked(run, settled)).results.flatMap((result) =>
        result[list].map(() => result.invariant),
      );
    expect(found(false, 'violations')).toEqual([]);
    expect(found(false, 'unresolved')).toEqual([2, 5]);
    expect(found(true, 'violations')).toEqual([2, 5]);
  });

  it('leaves a return whose refund is under way unresolved', () => {
    const run = modelRun([{ ...partReturn, returns: [{ quantity: 1, learns: 'nothing', applied: true }] }]);
    run.audit.returns = run.audit.returns.map((row) => ({ ...row, status: 'refunding' as const }));
    run.audit.payments = run.audit.payments.filter((row) => row.operation === 'capture');
    run.audit.stock = run.audit.stock.map((row) =>
      row.sku === 'SKU-1' ? { ...row, available: row.available - 1 } : row,
    );
    const { results } = checkInvariants(asked(run, false));
    expect(results.flatMap(({ violations }) => violations)).toEqual([]);
    expect(results.find(({ invariant }) => invariant === 2)?.unresolved).toMatchObject([{ order: 'o-0' }]);
  });
});

it('names the orders that were sold beyond the stock', () => {
  const run = modelRun(Array.from({ length: 60 }, () => ({ ...plainSale, quantity: 1 })));
  run.audit.stock = run.audit.stock.map((row) =>
    row.sku === 'SKU-1' ? { ...row, seeded: 50, available: 0 } : row,
  );
  const result = checkInvariants(asked(run)).results.find((r) => r.invariant === 6);
  expect(result?.violations).toMatchObject([{ sku: 'SKU-1', order: 'o-50' }]);
  expect(result?.violations[0]?.message).toBe(
    'SKU-1: seeded 50 ≠ 0 available + 0 held + 60 sold by the ledger; look at o-50, o-51, o-52, o-53, o-54 and 5 more',
  );
});

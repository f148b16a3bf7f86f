import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './invariant.ts';
import { checkInvariants } from './invariants.ts';
import { corruptions } from './testing/corruptions.ts';
import { histories, plainSale } from './testing/histories.ts';
import { modelRun, modelStates } from './testing/model-shop.ts';

describe('a shop that keeps its promises', () => {
  it('is never accused, whatever was lost on the way', () => {
    fc.assert(
      fc.property(histories, (checkouts) => {
        const { operations, audit } = modelRun(checkouts);
        for (const result of checkInvariants(operations, audit, modelStates, true)) {
          expect(result.violations).toEqual([]);
          expect(result.unresolved).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(corruptions.map((corruption) => [corruption.name, corruption] as const))(
  '%s',
  (_name, corruption) => {
    it(`is caught by invariant ${corruption.caughtBy.join(' and ')}, which names it`, () => {
      fc.assert(
        fc.property(histories, (others) => {
          const run = modelRun([...others, corruption.victim]);
          const id = `o-${others.length}`;
          corruption.spoil(run, id);
          const results = checkInvariants(run.operations, run.audit, modelStates, true);
          for (const number of corruption.caughtBy) {
            const { violations } = results.find((result) => result.invariant === number)!;
            expect(violations.length).toBeGreaterThan(0);
            for (const { order, key, sku } of violations) {
              expect([id, `${id}-again`, 'o-ghost', `k-${others.length}`, 'SKU-1']).toContain(
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

describe('a run that did not settle', () => {
  it('leaves an order under way unresolved instead of accusing it', () => {
    const { operations, audit } = modelRun([plainSale, { ...plainSale, learns: ['nothing'] }]);
    audit.orders[1] = { ...audit.orders[1]!, status: 'pending' };
    audit.transitions = audit.transitions.filter((row) => row.orderId !== 'o-1' || row.sequence === 1);
    audit.events = audit.events.filter((row) => row.orderId !== 'o-1' || row.sequence === 1);
    audit.payments = audit.payments.filter((row) => row.orderId !== 'o-1');
    audit.stock = audit.stock.map((row) => (row.sku === 'SKU-1' ? { ...row, held: 2 } : row));
    const results = checkInvariants(operations, audit, modelStates, false);
    expect(results.filter((result) => verdictOf(result) === 'fail')).toEqual([]);
    expect(results.find((result) => result.invariant === 2)?.unresolved).toMatchObject([{ order: 'o-1' }]);
    expect(results.find((result) => result.invariant === 6)?.unresolved).toMatchObject([{ sku: 'SKU-1' }]);
  });
});

it('names the orders that were sold beyond the stock', () => {
  const run = modelRun(Array.from({ length: 60 }, () => ({ ...plainSale, quantity: 1 })));
  run.audit.stock = run.audit.stock.map((row) =>
    row.sku === 'SKU-1' ? { ...row, seeded: 50, available: 0 } : row,
  );
  const result = checkInvariants(run.operations, run.audit, modelStates, true).find((r) => r.invariant === 6);
  expect(result?.violations).toMatchObject([{ sku: 'SKU-1', order: 'o-50' }]);
  expect(result?.violations[0]?.message).toBe(
    'SKU-1: seeded 50 ≠ 0 available + 0 held + 60 sold by the ledger; look at o-50, o-51, o-52, o-53, o-54 and 5 more',
  );
});

it('takes time in proportion to the number of orders', () => {
  const seconds = (orders: number): number => {
    const { operations, audit } = modelRun(Array.from({ length: orders }, () => plainSale));
    const started = performance.now();
    checkInvariants(operations, audit, modelStates, true);
    return (performance.now() - started) / 1000;
  };
  seconds(2_000);
  // Ten times the orders: a quadratic checker would need 100 × as long; noise stays well below 50 ×.
  expect(seconds(30_000)).toBeLessThan(Math.max(50 * seconds(3_000), 2));
});

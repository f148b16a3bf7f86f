import fc from 'fast-check';
import type { ModelCheckout, ModelReturn } from './model-shop.ts';

const learns = fc.constantFrom<ModelCheckout['learns']>(
  ['answer'],
  ['nothing'],
  ['nothing', 'answer'],
  ['answer', 'answer'],
  ['nothing', 'nothing'],
);

const oneReturn = fc.record<ModelReturn>({
  quantity: fc.integer({ min: 1, max: 3 }),
  learns: fc.constantFrom('answer', 'answer', 'nothing'),
  applied: fc.boolean(),
});

const checkout = fc
  .record<ModelCheckout>({
    quantity: fc.integer({ min: 1, max: 3 }),
    sku: fc.integer({ min: 0, max: 2 }),
    fate: fc.constantFrom('paid', 'paid', 'paid', 'failed', 'expired', 'never-arrived'),
    paidLater: fc.constantFrom(false, false, true),
    learns,
    review: fc.constantFrom('no', 'no', 'acknowledged', 'unknown-applied', 'unknown-lost'),
    cancel: fc.constantFrom('no', 'no', 'no', 'acknowledged', 'unknown-applied', 'unknown-lost'),
    returns: fc.array(oneReturn, { maxLength: 3 }),
    reads: fc.constantFrom('none', 'fresh', 'behind'),
    lostByPromotion: fc.constantFrom(false, false, false, true),
  })
  // A request that never arrived was never answered.
  .map((made) => (made.fate === 'never-arrived' ? { ...made, learns: ['nothing' as const] } : made))
  // The bank's refusal came after the promotion, or nobody is to know whether there was one.
  .map((made) => (made.lostByPromotion && made.fate !== 'paid' ? { ...made, paidLater: false } : made));

/** Runs of up to 60 checkouts, any mixture of fates and lost answers. */
export const histories = fc.array(checkout, { minLength: 1, maxLength: 60 });

/** A plain sale that the client was told of; corruptions need at least one of some kind. */
export const plainSale: ModelCheckout = {
  quantity: 2,
  sku: 1,
  fate: 'paid',
  paidLater: false,
  learns: ['answer'],
  review: 'no',
  cancel: 'no',
  returns: [],
  reads: 'none',
  lostByPromotion: false,
};
/** A sale whose only answer was lost. */
export const unknownSale: ModelCheckout = { ...plainSale, learns: ['nothing'] };
/** A hold that ran out: nothing may stay charged. */
export const expiredHold: ModelCheckout = { ...plainSale, fate: 'expired' };
/** Bought, cancelled, refunded, restocked. */
export const cancelledSale: ModelCheckout = { ...plainSale, cancel: 'acknowledged' };
/** Sent twice with one key, answered twice. */
export const retriedSale: ModelCheckout = { ...plainSale, learns: ['answer', 'answer'] };
/** Two bought, one of them brought back. */
export const partReturn: ModelCheckout = {
  ...plainSale,
  returns: [{ quantity: 1, learns: 'answer', applied: true }],
};
/** Acknowledged by a primary whose latest writes went with it. */
export const lostSale: ModelCheckout = { ...plainSale, lostByPromotion: true };
/** Accepted without its money, which was taken afterwards. */
export const saleOnTrust: ModelCheckout = { ...plainSale, paidLater: true };

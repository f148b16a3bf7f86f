import fc from 'fast-check';
import type { ModelCheckout } from './model-shop.ts';

const learns = fc.constantFrom<ModelCheckout['learns']>(
  ['answer'],
  ['nothing'],
  ['nothing', 'answer'],
  ['answer', 'answer'],
  ['nothing', 'nothing'],
);

const checkout = fc
  .record<ModelCheckout>({
    quantity: fc.integer({ min: 1, max: 3 }),
    sku: fc.integer({ min: 0, max: 2 }),
    fate: fc.constantFrom('paid', 'paid', 'paid', 'failed', 'expired', 'never-arrived'),
    learns,
    cancel: fc.constantFrom('no', 'no', 'no', 'acknowledged', 'unknown-applied', 'unknown-lost'),
  })
  // A request that never arrived was never answered.
  .map((made) => (made.fate === 'never-arrived' ? { ...made, learns: ['nothing' as const] } : made));

/** Runs of up to 60 checkouts, any mixture of fates and lost answers. */
export const histories = fc.array(checkout, { minLength: 1, maxLength: 60 });

/** A plain sale that the client was told of; corruptions need at least one of some kind. */
export const plainSale: ModelCheckout = {
  quantity: 2,
  sku: 1,
  fate: 'paid',
  learns: ['answer'],
  cancel: 'no',
};
/** A sale whose only answer was lost. */
export const unknownSale: ModelCheckout = { ...plainSale, learns: ['nothing'] };
/** A hold that ran out: nothing may stay charged. */
export const expiredHold: ModelCheckout = { ...plainSale, fate: 'expired' };
/** Bought, cancelled, refunded, restocked. */
export const cancelledSale: ModelCheckout = { ...plainSale, cancel: 'acknowledged' };
/** Sent twice with one key, answered twice. */
export const retriedSale: ModelCheckout = { ...plainSale, learns: ['answer', 'answer'] };

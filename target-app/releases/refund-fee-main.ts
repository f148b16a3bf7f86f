import { runShop } from '../src/run-shop.ts';

/** Per cent of a refund that the card network keeps. */
const feePercent = 2;

/** The mistake: the books still say that all of it went back, and so does the customer's credit note. */
await runShop('shop', {
  parts: (parts) => ({
    ...parts,
    payment: {
      ...parts.payment,
      refund: (request, deadline) => {
        const cents = Math.max(1, Math.floor((request.cents * (100 - feePercent)) / 100));
        return parts.payment.refund({ ...request, cents }, deadline);
      },
    },
  }),
});

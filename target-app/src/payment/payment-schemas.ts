import { z } from 'zod';

/** What the provider and its client agree on. */
const key = z.string().regex(/^[\x21-\x7e]{1,128}$/);
const orderId = z.uuid();
const cents = z.number().int().min(1).max(2_000_000_000);

/** A reference to a card that the provider keeps; never a number. */
export const cardTokenSchema = z.string().regex(/^tok_[a-z0-9_]{1,60}$/, 'must be a card token (tok_…)');

export const captureRequestSchema = z.strictObject({ key, orderId, cents, token: cardTokenSchema });
export const voidRequestSchema = z.strictObject({ key, orderId });
export const refundRequestSchema = z.strictObject({ key, captureKey: key, orderId, cents });

export const captureStateSchema = z.strictObject({
  key: z.string(),
  orderId: z.string(),
  cents: z.number().int(),
  state: z.enum(['accepted', 'declined', 'voided', 'tombstoned']),
  refundedCents: z.number().int(),
});

export const resultSchema = z.strictObject({ result: z.enum(['accepted', 'declined', 'tombstoned']) });

export type CaptureState = Readonly<z.infer<typeof captureStateSchema>>;
export type PaymentResult = z.infer<typeof resultSchema>['result'];

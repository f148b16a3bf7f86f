import { z } from 'zod';
import { listenHostSchema, portSchema } from '../config/read-config.ts';

/** The payment provider's environment. */
export const paymentConfigSchema = z.object({
  NODE_NAME: z.string().min(1).default('payment-1'),
  PAYMENT_HTTP_HOST: listenHostSchema,
  PAYMENT_HTTP_PORT: portSchema,
  /** The journal's file; its folder must exist. */
  PAYMENT_JOURNAL: z.string().min(1),
  /** What callers must send as a bearer token. */
  PAYMENT_TOKEN: z.string().min(8),
});

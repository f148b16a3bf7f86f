import { z } from 'zod';
import { listenHostSchema, portSchema } from '../config/read-config.ts';

/** The payment provider's environment. */
export const paymentConfigSchema = z.object({
  NODE_NAME: z.string().min(1).default('payment-1'),
  PAYMENT_HTTP_HOST: listenHostSchema,
  PAYMENT_HTTP_PORT: portSchema,
  /** The journal's file; its folder must exist. */
  PAYMENT_JOURNAL: z.string().min(1),
  /** The first API key: what callers must send as a bearer token, until it is revoked. */
  PAYMENT_TOKEN: z.string().min(8),
  /** Where the API keys of now are kept; without it a restart brings back the first one alone. */
  PAYMENT_KEYS: z.string().min(1).optional(),
  /** What the provider's own operator must send below `/admin`; by default the first API key. */
  PAYMENT_ADMIN_TOKEN: z.string().min(8).optional(),
});

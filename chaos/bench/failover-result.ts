import { z } from 'zod';

export const lossesOfALeader = ['kill', 'refuse', 'drop'] as const;
/** So long a successor is waited for. */
export const patienceSeconds = 60;
export type LossOfALeader = (typeof lossesOfALeader)[number];

export const failoverSchema = z.strictObject({
  timers: z.enum(['supported', 'fast']),
  loss: z.enum(lossesOfALeader),
  /**
   * From the last write that was acknowledged before the loss to the first one after it, both through the pool as the shop's are;
   * `null` where nobody took over in {@link patienceSeconds}.
   */
  outageSeconds: z.number().nullable(),
  /** Who leads afterwards. */
  leader: z.string(),
  /** Writes that were acknowledged, and those of them that the new leader has not. */
  acknowledged: z.number().int(),
  lost: z.number().int(),
  /** Orders that the shop acknowledged meanwhile, and those of them that are not in the new leader's books. */
  orders: z.number().int(),
  ordersLost: z.number().int(),
  /** From the heal to the former leader streaming as a standby; `null` where it did not come to that, for the reason of `notBack`. */
  backSeconds: z.number().nullable(),
  notBack: z.string().optional(),
});

/** One lost leader. */
export type Failover = Readonly<z.infer<typeof failoverSchema>>;

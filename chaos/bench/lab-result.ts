import { z } from 'zod';

export const labRoundSchema = z.strictObject({
  level: z.number().int(),
  /** From the command to its exit, with every component there. */
  readySeconds: z.number(),
  /** What the lab's processes used by then, seconds of one core. */
  readyCpuSeconds: z.number(),
  /** The part of the machine that others used meanwhile, 0 to 1: above a few percent the time to ready is theirs too. */
  othersShare: z.number(),
  /** Proportional set size of all processes of the lab after 10 s without load, MB (10⁶ bytes). */
  idleMegabytes: z.number(),
  /** The same, the largest seen under the declared load; the load client is not in it. */
  loadedMegabytes: z.number(),
  /** The lab's processors under that load, of one core. */
  loadedCores: z.number(),
  /** By node, largest first, at that largest. */
  nodes: z.record(z.string(), z.number()),
});

/** One lab that was started, loaded and ended. */
export type LabRound = Readonly<z.infer<typeof labRoundSchema>>;

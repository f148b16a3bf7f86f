import { z } from 'zod';

const partsSchema = z.strictObject({
  /** The command until its plan is written down. */
  start: z.number(),
  /** From a lab that is up to the first request: guardian, baseline, load client, its first scrape. */
  beforeLoad: z.number(),
  /** From the last request to the retries: what is in flight. */
  drain: z.number(),
  evidence: z.number(),
  /** Checks and report, where they take longer than the lab that goes down beside them. */
  report: z.number(),
  exit: z.number(),
});

const overheadRunSchema = z.strictObject({
  cell: z.string(),
  seconds: z.number(),
  /** Not the runner's: the lab's start and end, and what the experiment itself asks for, s. */
  labUp: z.number(),
  labDown: z.number(),
  timeline: z.number(),
  settle: z.number(),
  /** The runner's, s. */
  parts: partsSchema,
  overhead: z.number(),
});

/** `docs/results/<date>-overhead.json`. */
export const overheadSchema = z.object({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  atMost: z.number(),
  runs: z.array(overheadRunSchema),
});

export type OverheadRun = Readonly<z.infer<typeof overheadRunSchema>>;

import { z } from 'zod';

const measurementSchema = z.strictObject({
  variant: z.string(),
  round: z.number().int(),
  checkoutsPerSecond: z.number(),
  walBytesPerCheckout: z.number(),
  /** Whole pages that a checkpoint made necessary, of all WAL records. */
  fullPageImagesPerCheckout: z.number(),
  checkpoints: z.number().int(),
  /** What the slower standby had not replayed at the end of the measurement. */
  replayLagBytes: z.number(),
});

/** `docs/results/<date>-wal.json`: what `pnpm bench wal` measured. */
export const walResultSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  clients: z.number().int(),
  secondsEach: z.number(),
  measurements: z.array(measurementSchema),
});

export type WalMeasurement = Readonly<z.infer<typeof measurementSchema>>;
export type WalResult = Readonly<z.infer<typeof walResultSchema>>;

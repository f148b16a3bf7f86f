import { median } from '@firedrill/slo';
import { z } from 'zod';

/** The promise: a post-incident report is made within so long, s. */
export const atMost = 5;

/** What a report is made from: the run that caused the incident, or the lab that still runs where none did. */
export const origins = ['run', 'lab'] as const;

const madeSchema = z.strictObject({
  from: z.enum(origins),
  /** The whole command, from the start of its process to its end. */
  seconds: z.number(),
  /** How many parts the report says are not known. */
  missing: z.number().int(),
});

/** `docs/results/<date>-incident-report.json`: what `pnpm bench incident-report` measured. */
export const incidentReportSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  cell: z.string(),
  /** Of the run that paged. */
  verdict: z.string(),
  /** Both in seconds. */
  atMost: z.number(),
  medians: z.strictObject({ run: z.number(), lab: z.number() }),
  made: z.array(madeSchema),
});

export const incidentReportName = 'incident-report';

export type MadeReport = Readonly<z.infer<typeof madeSchema>>;
export type IncidentReportResult = Readonly<z.infer<typeof incidentReportSchema>>;

export const madeFrom = (made: readonly MadeReport[], from: MadeReport['from']): readonly MadeReport[] =>
  made.filter((one) => one.from === from);

/** Pure: of each origin, s; endless where none was made. */
export function mediansOf(made: readonly MadeReport[]): IncidentReportResult['medians'] {
  const of = (from: MadeReport['from']): number =>
    median(madeFrom(made, from).map(({ seconds }) => seconds)) ?? Number.POSITIVE_INFINITY;
  return { run: of('run'), lab: of('lab') };
}

/** Pure: whether both medians are within the promise. */
export const isSoonEnough = (made: readonly MadeReport[]): boolean =>
  Object.values(mediansOf(made)).every((seconds) => seconds <= atMost);

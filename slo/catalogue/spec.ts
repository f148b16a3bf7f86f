import { z } from 'zod';

const labels = z.record(z.string(), z.string());

const alertSchema = z.strictObject({
  labels: labels.optional(),
  annotations: labels.optional(),
  disable: z.boolean().optional(),
});

/** Sloth's `prometheus/v1` (https://sloth.dev/specs/default/), strict: Sloth itself drops a misspelt key in silence. */
export const specSchema = z.strictObject({
  version: z.literal('prometheus/v1'),
  service: z.string().min(1),
  labels: labels.optional(),
  slos: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9-]*$/),
        /** Percent, e.g. 99.5. */
        objective: z.number().gt(0).lt(100),
        description: z.string(),
        labels: labels.optional(),
        sli: z.strictObject({
          events: z.strictObject({ error_query: z.string().min(1), total_query: z.string().min(1) }),
        }),
        alerting: z.strictObject({
          name: z.string().regex(/^[A-Z][A-Za-z0-9]*$/),
          labels: labels.optional(),
          annotations: labels,
          page_alert: alertSchema,
          ticket_alert: alertSchema,
        }),
      }),
    )
    .min(1),
});

export type Spec = Readonly<z.infer<typeof specSchema>>;
export type SpecSlo = Spec['slos'][number];

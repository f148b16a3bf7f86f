import { z } from 'zod';

const labels = z.record(z.string(), z.string());

const recordingSchema = z.strictObject({ record: z.string(), expr: z.string(), labels: labels.optional() });
const alertSchema = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  keep_firing_for: z.string().optional(),
  labels: labels.optional(),
  annotations: labels.optional(),
});

/** A Prometheus rule file: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ */
export const ruleFileSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      interval: z.string().optional(),
      rules: z.array(z.union([recordingSchema, alertSchema])),
    }),
  ),
});

export type RuleFile = Readonly<z.infer<typeof ruleFileSchema>>;
export type RuleGroup = RuleFile['groups'][number];
export type Rule = RuleGroup['rules'][number];

export const isAlert = (rule: Rule): rule is z.infer<typeof alertSchema> => 'alert' in rule;

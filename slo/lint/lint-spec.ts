import { type Level, levels } from '@firedrill/topology';
import { specSchema } from '../catalogue/spec.ts';
import { type Slo, slosOf } from '../catalogue.ts';
import { applyRules } from './apply-rules.ts';
import type { Finding } from './finding.ts';
import type { LintRule, SpecToLint } from './rule.ts';
import { readShape } from './shape.ts';
import type { YamlSource } from './source.ts';
import { alertLabels } from './spec/alert-labels.ts';
import { canFire } from './spec/can-fire.ts';
import { countableQueries } from './spec/countable-queries.ts';
import { enabledAlerts } from './spec/enabled-alerts.ts';
import { enoughEvents } from './spec/enough-events.ts';
import { errorsInTotal } from './spec/errors-in-total.ts';
import { knownOperations } from './spec/known-operations.ts';
import { knownSeries } from './spec/known-series.ts';
import { lateAnswers } from './spec/late-answers.ts';
import { ownRunbook } from './spec/own-runbook.ts';
import { ownSeries } from './spec/own-series.ts';
import { ownService } from './spec/own-service.ts';
import { sameOperations } from './spec/same-operations.ts';
import { storedBucket } from './spec/stored-bucket.ts';
import { uniqueIds } from './spec/unique-ids.ts';
import { uniqueNames } from './spec/unique-names.ts';
import { windowedQueries } from './spec/windowed-queries.ts';

const rules: readonly LintRule<SpecToLint>[] = [
  ownService,
  uniqueNames,
  uniqueIds,
  canFire,
  enoughEvents,
  windowedQueries,
  countableQueries,
  knownSeries,
  ownSeries,
  knownOperations,
  errorsInTotal,
  sameOperations,
  storedBucket,
  lateAnswers,
  alertLabels,
  enabledAlerts,
  ownRunbook,
];

/** Pure: what `sloth validate` lets through in a spec. */
export function lintSpec(
  source: YamlSource,
  around: Pick<SpecToLint, 'windows' | 'takenIds'>,
): readonly Finding[] {
  const { value: spec, flaws } = readShape(specSchema, source.data, 'https://sloth.dev/specs/default/');
  const findings = flaws.map((flaw) => source.finding('shape', flaw));
  if (spec === undefined) return findings;
  const level = levelOf(source);
  const input = { spec, level, slos: slosOf(spec, level?.number ?? 0), ...around };
  return [...findings, ...applyRules(rules, input, source)];
}

/** Of its label, of its file's name, of its service: the first that says one. */
export function levelOf({ file, data }: YamlSource): Level | undefined {
  const { labels, service } = (data ?? {}) as { labels?: { level?: unknown }; service?: unknown };
  const numbers = [labels?.level, /level-(\d+)[^/]*$/.exec(file)?.[1]].map(Number);
  for (const number of numbers) {
    const level = levels.find((candidate) => candidate.number === number);
    if (level !== undefined) return level;
  }
  return levels.find((candidate) => candidate.service === service);
}

/** The SLOs of a spec whose shape is right; none of another. */
export function slosIn(source: YamlSource): readonly Slo[] {
  const spec = specSchema.safeParse(source.data);
  return spec.success ? slosOf(spec.data, levelOf(source)?.number ?? 0) : [];
}

/** Sloth's ids in a spec, as far as it can be read. */
export function idsOf({ data }: YamlSource): readonly string[] {
  const { service, slos } = (data ?? {}) as { service?: unknown; slos?: unknown };
  if (!Array.isArray(slos)) return [];
  return slos.map((slo: { name?: unknown } | null) => `${service}-${slo?.name}`);
}

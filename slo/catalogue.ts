import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { parse, YAMLParseError } from 'yaml';
import { readSelection } from './catalogue/selector.ts';
import { type Spec, specSchema } from './catalogue/spec.ts';

/** A service level objective, as the committed spec says. */
export interface Slo {
  /** `checkout-availability`. */
  readonly name: string;
  /** Sloth's `sloth_id`: `shop-l1-checkout-availability`. */
  readonly id: string;
  readonly level: number;
  /** Sloth's `sloth_service`: `shop-l1`. */
  readonly service: string;
  readonly description: string;
  /** A ratio, e.g. 0.99. */
  readonly objective: number;
  /** 1 − objective, exact to the spec's decimals. */
  readonly errorBudget: number;
  readonly kind: 'availability' | 'latency';
  /** The operations whose requests count. */
  readonly operations: readonly string[];
  /** For a latency SLO: a good answer slower than this is an error. */
  readonly thresholdSeconds?: number;
  /** The alert's name, shared by page and ticket (they differ by the label `severity`); also the runbook's. */
  readonly alert: string;
}

const folder = join(import.meta.dirname, 'specs');

/** The levels that have a spec, ascending. */
export function levelsWithSlos(): readonly number[] {
  return readdirSync(folder)
    .flatMap((name) => /^level-(\d+)\.yaml$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** Relative to `slo/`. */
export const specFile = (level: number): string => join('specs', `level-${level}.yaml`);

/** @throws {FiredrillError} `invalid-data`, naming file and field. */
export function parseSpec(text: string, file: string): Spec {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new FiredrillError('invalid-data', error.message.split('\n')[0]!, {
      where: file,
      fix: 'correct the YAML',
    });
  }
  const parsed = specSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new FiredrillError('invalid-data', issue.message, {
    where: `${file}: ${issue.path.join('.') || 'document'}`,
    fix: 'write it as https://sloth.dev/specs/default/ says',
  });
}

/** Pure: the SLOs of a parsed spec. */
export function slosOf(spec: Spec, level: number): readonly Slo[] {
  return spec.slos.map((slo) => {
    const { operations } = readSelection(slo.sli.events.total_query);
    const { thresholdSeconds } = readSelection(slo.sli.events.error_query);
    return {
      name: slo.name,
      id: `${spec.service}-${slo.name}`,
      level,
      service: spec.service,
      description: slo.description,
      objective: slo.objective / 100,
      // 100 − 99.9 is 0.0999…: round it away, or θ is off in the last digit and equality with Sloth's rules is lost.
      errorBudget: Number(((100 - slo.objective) / 100).toFixed(8)),
      kind: thresholdSeconds === undefined ? 'availability' : 'latency',
      operations,
      ...(thresholdSeconds === undefined ? {} : { thresholdSeconds }),
      alert: slo.alerting.name,
    };
  });
}

const cache = new Map<number, readonly Slo[]>();

/** The SLOs of a level. @throws {FiredrillError} `usage` for a level without a spec, `invalid-data` for a bad one. */
export function sloCatalogue(level: number): readonly Slo[] {
  const slos = cache.get(level) ?? slosOf(levelSpec(level), level);
  cache.set(level, slos);
  return slos;
}

/** The committed spec of a level. @throws {FiredrillError} as {@link sloCatalogue}. */
export function levelSpec(level: number): Spec {
  const file = specFile(level);
  if (!existsSync(join(import.meta.dirname, file))) {
    throw new FiredrillError('usage', `level ${level} has no SLOs`, {
      fix: `use one of ${levelsWithSlos().join(', ')}`,
    });
  }
  return parseSpec(readFileSync(join(import.meta.dirname, file), 'utf8'), `slo/${file}`);
}

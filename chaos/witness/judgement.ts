import type { WitnessReading } from '../journal/event.ts';
import { blastRadius } from './blast-radius.ts';
import { describeReading } from './describe-reading.ts';

/** Did the fault bite, and only where it was meant to? */
export interface Judgement {
  /** `confirmed`: every rule held. `mismatch`: one did not. `inconclusive`: something that must be known is not. */
  readonly verdict: 'confirmed' | 'mismatch' | 'inconclusive';
  /** One line per rule and target: what was asked and what was seen. */
  readonly figures: readonly string[];
  /** Those of them that did not hold, or had nothing to go by. */
  readonly failed: readonly string[];
}

/** A probe without an answer is written down as timed out after so long, and looked at again, ms. */
export const probeDeadlineMs = 2000;

/** What readings of one kind must show. */
export interface Rule {
  readonly stage: WitnessReading['stage'];
  readonly role: WitnessReading['role'];
  readonly connection: WitnessReading['connection'];
  /** What must be seen, in words: `nothing answered, only timed-out`. */
  readonly want: string;
  /** `before` is the same target's and connection's reading from before the fault, where there is one. */
  holds(reading: WitnessReading, before: WitnessReading | undefined): boolean;
  /** What was seen, in the words and units of `want`. Default: all that the reading says. */
  saw?(reading: WitnessReading, before: WitnessReading | undefined): string;
  /** Not every lab has such a connection: its absence is no lack of proof. */
  readonly optional?: boolean;
  /** A reading that lacks this proves nothing. */
  readonly needs?: (reading: WitnessReading) => boolean;
  /** It is enough that it holds of one target. */
  readonly once?: boolean;
  /** What it means when it does not hold. Default: `mismatch`; before the fault, where nothing was done yet, `inconclusive`. */
  readonly otherwise?: 'inconclusive';
}

/** Probes of a reading, all outcomes together. */
export const probes = (reading: WitnessReading): number =>
  Object.values(reading.outcomes).reduce((sum, count) => sum + count, 0);

/** How many probes of a reading ended so. */
export const count = (reading: WitnessReading, outcome: string): number => reading.outcomes[outcome] ?? 0;

/** Share of probes that were answered, 0 to 1; 0 when there was none. */
export const answeredShare = (reading: WitnessReading): number =>
  probes(reading) === 0 ? 0 : count(reading, 'answered') / probes(reading);

const hasEvidence = (reading: WitnessReading): boolean =>
  reading.connection === 'process' ? reading.running !== undefined : probes(reading) > 0;

type Finding = 'holds' | 'inconclusive' | 'mismatch';

interface Found {
  readonly finding: Finding;
  /** What held, and what did not. */
  readonly held: readonly string[];
  readonly failed: readonly string[];
}

function judgeRule(rule: Rule, readings: readonly WitnessReading[]): Found {
  const { stage, role, connection, want } = rule;
  const taken = readings.filter(
    (reading) => reading.stage === stage && reading.role === role && reading.connection === connection,
  );
  const matching = taken.filter((reading) => hasEvidence(reading) && (rule.needs?.(reading) ?? true));
  if (matching.length === 0) {
    const missing = `${stage}, ${role}, ${connection} connection: asked ${want}, no reading`;
    const cannotBe = taken.length > 0 && taken.every(({ oneAnswer }) => oneAnswer === true);
    return rule.optional || cannotBe
      ? { finding: 'holds', held: [], failed: [] }
      : { finding: 'inconclusive', held: [], failed: [missing] };
  }
  const looks = matching.map((reading) => {
    const before = readings.find(
      (other) =>
        other.stage === 'before' &&
        other.target === reading.target &&
        other.connection === reading.connection,
    );
    const saw = rule.saw?.(reading, before) ?? describeReading(reading);
    return {
      held: rule.holds(reading, before),
      figure: `${stage} ${reading.target} (${role}, ${connection}): asked ${want}, saw ${saw}`,
    };
  });
  const lines = (held: boolean): readonly string[] =>
    looks.filter((look) => look.held === held).map(({ figure }) => figure);
  // Where one is enough the others are told, and no failure.
  if (rule.once && lines(true).length > 0) {
    return { finding: 'holds', held: [...lines(true), ...lines(false)], failed: [] };
  }
  const holds = lines(false).length === 0;
  return {
    finding: holds ? 'holds' : (rule.otherwise ?? (stage === 'before' ? 'inconclusive' : 'mismatch')),
    held: lines(true),
    failed: lines(false),
  };
}

/** Pure: holds the readings of one fault against its rules. A mismatch is never covered up by what is missing. */
export function judgeByRules(readings: readonly WitnessReading[], rules: readonly Rule[]): Judgement {
  const found = rules.map((rule) => ({ rule, ...judgeRule(rule, readings) }));
  const failed = found.flatMap((one) => one.failed.map((figure) => `${one.finding}: ${figure}`));
  // The many edges that were left alone are told of in one line.
  const held = found.flatMap((one) => (one.rule.role === 'touched' ? one.held : []));
  const any = (finding: Finding): boolean => found.some((one) => one.finding === finding);
  const verdict = any('mismatch') ? 'mismatch' : any('inconclusive') ? 'inconclusive' : 'confirmed';
  return { verdict, figures: [...failed, ...held, ...blastRadius(readings)], failed };
}

import type { WitnessReading } from '../journal/event.ts';

/** Did the fault bite, and only where it was meant to? */
export interface Judgement {
  /** `confirmed`: every rule held. `mismatch`: one did not. `inconclusive`: a reading that a rule needs is missing. */
  readonly verdict: 'confirmed' | 'mismatch' | 'inconclusive';
  /** One line per rule and target, with figures. */
  readonly figures: readonly string[];
}

/** A probe without an answer is written down as timed out after so long, and looked at again, ms. */
export const probeDeadlineMs = 2000;

type Stage = WitnessReading['stage'];
type Connection = WitnessReading['connection'];

/** What readings of one kind must show. */
export interface Rule {
  readonly stage: Stage;
  readonly role: WitnessReading['role'];
  readonly connection: Connection;
  /** What must be seen, in words: `nothing answered, time-outs`. */
  readonly want: string;
  /** `before` is the same target's and connection's reading from before the fault, where there is one. */
  holds(reading: WitnessReading, before: WitnessReading | undefined): boolean;
  /** Not every lab has such a connection: its absence is no lack of proof. */
  readonly optional?: boolean;
  /** It is about a gauge's figures: a reading without any proves nothing. */
  readonly gauged?: boolean;
}

/** Probes of a reading, all outcomes together. */
export const probes = (reading: WitnessReading): number =>
  Object.values(reading.outcomes).reduce((sum, count) => sum + count, 0);

/** How many probes of a reading ended so. */
export const count = (reading: WitnessReading, outcome: string): number => reading.outcomes[outcome] ?? 0;

/** Share of probes that were answered, 0 to 1; 0 when there was none. */
export const answeredShare = (reading: WitnessReading): number =>
  probes(reading) === 0 ? 0 : count(reading, 'answered') / probes(reading);

const round = (value: number): number => Number(value.toFixed(3));

function describe(reading: WitnessReading): string {
  if (reading.connection === 'process') {
    const figures = Object.entries(reading.figures ?? {}).map(([name, value]) => `${name} ${round(value)}`);
    return [`running ${reading.running === true ? 'yes' : 'no'}`, ...figures].join(', ');
  }
  const outcomes = Object.entries(reading.outcomes).map(([outcome, n]) => `${outcome} ${n}`);
  const p50 = reading.p50Ms === undefined ? [] : [`p50 ${reading.p50Ms.toFixed(1)} ms`];
  const p99 = reading.p99Ms === undefined ? [] : [`p99 ${reading.p99Ms.toFixed(1)} ms`];
  return [...outcomes, ...p50, ...p99].join(', ');
}

const hasEvidence = (reading: WitnessReading): boolean =>
  reading.connection === 'process' ? reading.running !== undefined : probes(reading) > 0;

/** Pure: holds the readings of one fault against its rules. */
export function judgeByRules(readings: readonly WitnessReading[], rules: readonly Rule[]): Judgement {
  const figures: string[] = [];
  let verdict: Judgement['verdict'] = 'confirmed';
  for (const rule of rules) {
    const matching = readings.filter(
      (reading) =>
        reading.stage === rule.stage &&
        reading.role === rule.role &&
        reading.connection === rule.connection &&
        hasEvidence(reading) &&
        (rule.gauged !== true || reading.figures !== undefined),
    );
    if (matching.length === 0) {
      if (rule.optional) continue;
      figures.push(
        `${rule.stage}, ${rule.role}, ${rule.connection} connection: no reading (want ${rule.want})`,
      );
      if (verdict === 'confirmed') verdict = 'inconclusive';
      continue;
    }
    for (const reading of matching) {
      const before = readings.find(
        (other) =>
          other.stage === 'before' &&
          other.target === reading.target &&
          other.connection === reading.connection,
      );
      const held = rule.holds(reading, before);
      if (!held) verdict = 'mismatch';
      figures.push(
        `${rule.stage} ${reading.target} (${rule.role}, ${rule.connection}): ${describe(reading)}${held ? '' : ` (want ${rule.want})`}`,
      );
    }
  }
  return { verdict, figures };
}

import { answeredShare, count, type Rule } from './judgement.ts';

const mostlyAnswered: Pick<Rule, 'want' | 'holds'> = {
  want: 'at least 9 in 10 answered',
  holds: (reading) => answeredShare(reading) >= 0.9,
};

/** Healthy before the fault, on new and old connections. */
export const healthyBefore: readonly Rule[] = [
  { stage: 'before', role: 'touched', connection: 'new', ...mostlyAnswered },
  { stage: 'before', role: 'touched', connection: 'old', ...mostlyAnswered },
];

/** A new connection works again after the heal. */
export const healthyAfter: readonly Rule[] = [
  { stage: 'after', role: 'touched', connection: 'new', ...mostlyAnswered },
];

/** The blast radius: what the fault does not name goes on answering. */
export const othersAnswered: readonly Rule[] = [
  { stage: 'during', role: 'untouched', connection: 'new', ...mostlyAnswered, optional: true },
];

/** Nothing answered, and the probes ended in one of these ways. */
export function nothingAnswered(connection: 'new' | 'old', ways: readonly string[]): Rule {
  return {
    stage: 'during',
    role: 'touched',
    connection,
    want: `nothing answered, only ${ways.join(' or ')}`,
    holds: (reading) =>
      Object.entries(reading.outcomes).every(([outcome, n]) => n === 0 || ways.includes(outcome)) &&
      ways.some((way) => count(reading, way) > 0),
  };
}

/** The fault is not one of the way: round trips go on as before. */
export function stillAnswered(connection: 'new' | 'old'): Rule {
  return { stage: 'during', role: 'touched', connection, ...mostlyAnswered };
}

/** What the fault's gauge read on its node. */
export function gauged(
  stage: Rule['stage'],
  want: string,
  holds: (figures: Readonly<Record<string, number>>) => boolean,
): Rule {
  return {
    stage,
    role: 'touched',
    connection: 'process',
    want,
    gauged: true,
    holds: (reading) => reading.figures !== undefined && holds(reading.figures),
  };
}

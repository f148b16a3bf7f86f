import type { PlannedFault, WitnessReading } from '../journal/event.ts';
import { answeredShare, count, type Judgement, judgeByRules, probes, type Rule } from './judgement.ts';

type Expect = PlannedFault['expect'];
type Figures = Readonly<Record<string, number>>;

/** Of fewer than ten, one may be late: a machine that stalls for a moment makes one probe of each edge late. */
export const fewestToSpareOne = 3;

/** Pure: 9 in 10, or all but one of a few. */
export const isMost = (some: number, all: number): boolean =>
  some >= 0.9 * all || (all >= fewestToSpareOne && some >= all - 1);

/** Pure: it works. What was refused, reset or closed was no machine's slowness. */
export const isAnswered = (reading: WitnessReading): boolean =>
  answeredShare(reading) >= 0.9 ||
  (isMost(count(reading, 'answered'), probes(reading)) && count(reading, 'timed-out') === 1);

const mostlyAnswered: Pick<Rule, 'want' | 'holds'> = {
  want: 'at least 9 in 10 answered, or all but one that timed out',
  holds: isAnswered,
};

const touched = (stage: Rule['stage'], connection: Rule['connection']) =>
  ({ stage, role: 'touched', connection }) as const;

/** Healthy before the fault, on new and old connections. */
const healthyBefore: readonly Rule[] = [
  { ...touched('before', 'new'), ...mostlyAnswered },
  { ...touched('before', 'old'), ...mostlyAnswered },
];

/** A new connection works again after the heal. */
const healthyAfter: readonly Rule[] = [{ ...touched('after', 'new'), ...mostlyAnswered }];

/** The blast radius: what the fault does not name goes on answering. How fast it does is told (its p99), and not judged. */
const elsewhere: Rule = {
  stage: 'during',
  role: 'untouched',
  connection: 'new',
  ...mostlyAnswered,
  optional: true,
};

/** Fewer answers than these may all have met a busy machine. */
const enoughToCompare = 5;

/**
 * A delay that is ordered here is not felt elsewhere: not every answer there is late by as much. By the fastest one, since a busy
 * machine delays most of them.
 */
export const notElsewhere = (delayMs: number): Rule => ({
  stage: 'during',
  role: 'untouched',
  connection: 'new',
  want: `some answer less than ${delayMs} ms slower than before`,
  needs: (reading) => reading.bestMs !== undefined && count(reading, 'answered') >= enoughToCompare,
  holds: ({ bestMs = 0 }, before) => bestMs - (before?.bestMs ?? bestMs) < delayMs,
  saw: ({ bestMs }, before) =>
    `the fastest in ${bestMs?.toFixed(1)} ms (before ${before?.bestMs?.toFixed(1)} ms)`,
  optional: true,
  otherwise: 'inconclusive',
});

/** By how much a median round trip is longer than before; 0 where one of the two is not known. */
export const grownBy = (reading: WitnessReading, before: WitnessReading | undefined): number =>
  (reading.p50Ms ?? 0) - (before?.p50Ms ?? reading.p50Ms ?? 0);

/** A fault where nobody is proves nothing. Each edge by its name must be used; of a partition, or of a node's, one is enough. */
const inUse = (expect: Expect): Rule => ({
  ...touched('during', 'new'),
  want: 'the edge in use by its source',
  needs: ({ others }) => others !== undefined,
  holds: ({ others = 0 }, before) => others + (before?.others ?? 0) > 0,
  saw: ({ others = 0 }, before) =>
    `${before?.others ?? 0} of its connections in the minute before, ${others} during`,
  once: expect.oneInUse === true,
  otherwise: 'inconclusive',
});

/** Pure: a fault's own rules between those that hold for every fault. */
export function judgeFault(
  expect: Expect,
  readings: readonly WitnessReading[],
  own: readonly Rule[],
): Judgement {
  return judgeByRules(readings, [...healthyBefore, ...own, inUse(expect), elsewhere, ...healthyAfter]);
}

/** Pure: the probes ended in these ways, but for one of a few that a machine that stalls made late. */
export function endedOnly(reading: WitnessReading, ways: readonly string[]): boolean {
  const all = probes(reading);
  const meant = ways.reduce((sum, way) => sum + count(reading, way), 0);
  const late = ways.includes('timed-out') ? 0 : Math.min(1, count(reading, 'timed-out'));
  return meant > 0 && meant + late === all && isMost(meant, all);
}

/** Nothing answered, and the probes ended in one of these ways. */
export function nothingAnswered(connection: 'new' | 'old' | 'hang-up', ways: readonly string[]): Rule {
  return {
    ...touched('during', connection),
    want: `nothing answered, only ${ways.join(' or ')}`,
    holds: (reading) => endedOnly(reading, ways),
  };
}

/** New connections are taken, whatever becomes of them; or none is. */
export function accepted(taken: boolean): Rule {
  return {
    ...touched('during', 'new'),
    want: taken ? 'every connection taken' : 'no connection taken',
    needs: ({ connected }) => connected !== undefined,
    holds: (reading) => reading.connected === (taken ? probes(reading) : 0),
    saw: (reading) => `${reading.connected} of ${probes(reading)}`,
  };
}

/** The fault is not one of the way: round trips go on as before. */
export function stillAnswered(connection: 'new' | 'old'): Rule {
  return { ...touched('during', connection), ...mostlyAnswered };
}

/** What a process is, or the fault's gauge read on its node. */
export function running(stage: Rule['stage'], runs: boolean): Rule {
  return {
    ...touched(stage, 'process'),
    want: runs ? 'the process runs' : 'no process',
    holds: (reading) => reading.running === runs,
  };
}

/** What the fault's gauge read on its node. */
export function gauged(
  stage: Rule['stage'],
  want: string,
  holds: (figures: Figures) => boolean,
  saw?: (figures: Figures) => string,
): Rule {
  return {
    ...touched(stage, 'process'),
    want,
    needs: ({ figures }) => figures !== undefined,
    holds: ({ figures = {} }) => holds(figures),
    ...(saw === undefined ? {} : { saw: ({ figures = {} }: WitnessReading) => saw(figures) }),
  };
}

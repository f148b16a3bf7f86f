import type { WitnessReading } from '../journal/event.ts';

const ms = (reading: WitnessReading | undefined): string =>
  reading?.p99Ms === undefined ? 'none' : `${reading.p99Ms.toFixed(1)} ms`;

/** Pure: what the edges that a fault leaves alone felt of it, in one line; none when none was watched. */
export function blastRadius(readings: readonly WitnessReading[]): readonly string[] {
  const untouched = readings.filter(({ role }) => role === 'untouched');
  const during = untouched.filter(({ stage }) => stage === 'during');
  if (during.length === 0) return [];
  const sum = (of: (reading: WitnessReading) => number): number =>
    during.reduce((total, reading) => total + of(reading), 0);
  const all = sum(({ outcomes }) => Object.values(outcomes).reduce((total, n) => total + n, 0));
  const [worst] = during.toSorted((one, other) => (other.p99Ms ?? 0) - (one.p99Ms ?? 0));
  const before = untouched.find(({ stage, target }) => stage === 'before' && target === worst?.target);
  return [
    `blast radius: ${during.length} untouched edges, ${sum(({ outcomes }) => outcomes.answered ?? 0)} of ${all} probes answered, worst p99 ${ms(worst)} on ${worst?.target} (before ${ms(before)})`,
  ];
}

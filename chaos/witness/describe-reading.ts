import type { WitnessReading } from '../journal/event.ts';

const round = (value: number): number => Number(value.toFixed(3));
const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** Pure: all that a reading says, in one line. */
export function describeReading(reading: WitnessReading): string {
  if (reading.connection === 'process') {
    const figures = Object.entries(reading.figures ?? {}).map(([name, value]) => `${name} ${round(value)}`);
    return [`running ${reading.running === true ? 'yes' : 'no'}`, ...figures].join(', ');
  }
  const { outcomes, p50Ms, p99Ms, connected, closeP50Ms, sentBytes, receivedBytes } = reading;
  const told = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [`${name} ${value}`];
  return [
    ...Object.entries(outcomes).map(([outcome, n]) => `${outcome} ${n}`),
    ...told('connected', connected),
    ...told('p50', p50Ms && ms(p50Ms)),
    ...told('p99', p99Ms && ms(p99Ms)),
    ...told('closed after', closeP50Ms && ms(closeP50Ms)),
    ...told('bytes sent', sentBytes),
    ...told('bytes received', receivedBytes),
  ].join(', ');
}

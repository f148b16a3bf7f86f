import { setTimeout as sleep } from 'node:timers/promises';
import type { Probe } from './probe.ts';
import { fewestToSpareOne } from './rules.ts';

/** One question; `undefined` where there is nobody left to be asked. */
export type Ask = () => Promise<Probe | undefined>;

export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}

/** One after another; an ask without an answer counts as one of them. */
export async function repeated(times: number, ask: Ask): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (let i = 0; i < times; i += 1) {
    const probe = await ask();
    if (probe !== undefined) probes.push(probe);
  }
  return probes;
}

/** Of so few that none can be spared: it is asked again soon, for a machine that stalls makes one late. */
const oneWasLate = (probes: readonly Probe[]): boolean =>
  probes.length < fewestToSpareOne && probes.some(({ outcome }) => outcome === 'timed-out');

export interface Pace {
  /** Before the first one, ms. */
  readonly firstMs?: number;
  /** Between two, ms. */
  readonly periodMs: number;
  /** Instead, after one that was late where few were asked, ms. */
  readonly soonMs: number;
}

/** Again and again until it is stopped. */
export async function untilStopped(
  signal: AbortSignal,
  { firstMs = 0, periodMs, soonMs }: Pace,
  ask: Ask,
): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  await sleep(firstMs, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    const probe = await ask();
    // What began in the fault and ended after it would mix the two stages.
    if (probe !== undefined && !signal.aborted) probes.push(probe);
    const pauseMs = oneWasLate(probes) ? soonMs : periodMs;
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
  return probes;
}

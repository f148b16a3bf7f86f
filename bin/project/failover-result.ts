import { failoverSchema, type LossOfALeader, lossesOfALeader } from '@firedrill/chaos/bench';
import { median } from '@firedrill/slo';
import { z } from 'zod';

const measuredFailoverSchema = failoverSchema.extend({ date: z.iso.date(), commit: z.string() });

/** `docs/results/<date>-failover.json`: what `pnpm bench failover` measured. */
export const failoverResultSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  failovers: z.array(measuredFailoverSchema),
});

export const failoverName = 'failover';

export type MeasuredFailover = Readonly<z.infer<typeof measuredFailoverSchema>>;
export type FailoverResult = Readonly<z.infer<typeof failoverResultSchema>>;
export type Timers = MeasuredFailover['timers'];

/** The promise: no write is acknowledged for so long at most, in the median, s. */
export const mostOutageSeconds: Readonly<Record<Timers, number>> = { supported: 23, fast: 8 };

export const allTimers: readonly Timers[] = ['supported', 'fast'];

/** Those of one way to lose the leader with one kind of timers. */
export const failoversOf = <T extends Pick<MeasuredFailover, 'timers' | 'loss'>>(
  failovers: readonly T[],
  timers: Timers,
  loss: LossOfALeader,
): readonly T[] => failovers.filter((one) => one.timers === timers && one.loss === loss);

/** Pure: the losses that are not measured so often yet, round by round: what a machine does meanwhile meets each of them. */
export function leftToLose(
  timers: Timers,
  rounds: number,
  done: readonly MeasuredFailover[],
): readonly LossOfALeader[] {
  const all = Array.from({ length: rounds }, (_, round) =>
    lossesOfALeader.filter((loss) => failoversOf(done, timers, loss).length <= round),
  );
  return all.flat();
}

/** Pure: how long no write was acknowledged, s; endless where nobody took over. */
export const outagesOf = (failovers: readonly Pick<MeasuredFailover, 'outageSeconds'>[]): readonly number[] =>
  failovers.map(({ outageSeconds }) => outageSeconds ?? Number.POSITIVE_INFINITY);

/**
 * Pure: whether everything with these timers was measured, no acknowledged write or order was lost, each leader was replaced and came
 * back, and each median is within the promise.
 */
export function keepsThePromise(all: readonly MeasuredFailover[], wanted = allTimers): boolean {
  const failovers = all.filter(({ timers }) => wanted.includes(timers));
  const each = wanted.flatMap((timers) =>
    lossesOfALeader.map((loss) => ({
      most: mostOutageSeconds[timers],
      outage: median(outagesOf(failoversOf(failovers, timers, loss))),
    })),
  );
  return (
    failovers.every(({ lost, ordersLost }) => lost === 0 && ordersLost === 0) &&
    outagesOf(failovers).every(Number.isFinite) &&
    failovers.every(({ backSeconds }) => backSeconds !== null) &&
    each.every(({ most, outage }) => outage !== undefined && outage <= most)
  );
}

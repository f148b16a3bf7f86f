import type { LabState } from '../state.ts';

interface PatroniTimers {
  /** After so long without a word the leader's place is free, seconds. */
  readonly ttl: number;
  /** Between two looks at the cluster, seconds. */
  readonly loop_wait: number;
  /** A leader that cannot reach etcd for so long gives up its place, seconds. */
  readonly retry_timeout: number;
}

/** `supported` is the least that Patroni takes. Below it a slow disk or a busy machine may look like a lost leader. */
export const patroniTimers: Readonly<Record<NonNullable<LabState['timers']>, PatroniTimers>> = {
  supported: { ttl: 20, loop_wait: 1, retry_timeout: 3 },
  fast: { ttl: 5, loop_wait: 1, retry_timeout: 2 },
};

import { loadRun } from './load-run.ts';
import { type SloCounts, secondsFor, slosOf } from './slo-events.ts';

/** What a run's users felt, SLO by SLO. */
export interface Hurt {
  /** When the load began, since the epoch; absent when it never did. */
  readonly loadFromMs: number | undefined;
  /** In each second of the load. */
  readonly slos: readonly { readonly slo: string; readonly seconds: readonly SloCounts[] }[];
}

/** From a run's folder alone. @throws {FiredrillError} `invalid-data` when there is no journal that can be read. */
export async function hurtOf(runDir: string): Promise<Hurt> {
  const run = await loadRun(runDir);
  return {
    loadFromMs: run.times.loadFromMs,
    slos: slosOf(run).map((slo) => ({ slo: slo.name, seconds: secondsFor(run, slo) })),
  };
}

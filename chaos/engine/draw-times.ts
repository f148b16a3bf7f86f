import type { ExperimentAt } from '../experiments/experiment-at.ts';
import { randomStream, wordOf } from '../load/random.ts';

/** Pure: a timeline whose steps begin and last as the seed says, within what each of them allows. */
export function drawTimes(experiment: ExperimentAt, seed: number): ExperimentAt {
  return {
    ...experiment,
    timeline: experiment.timeline.map((step, index) => {
      const random = randomStream(seed, wordOf('times'), index);
      return {
        ...step,
        atMs: step.atMs + Math.round(random() * step.atJitterMs),
        durationMs: step.durationMs + Math.round(random() * step.durationJitterMs),
      };
    }),
  };
}

/** The periods at which the signal is passed on, seconds. */
export interface Pipeline {
  readonly scrapeSeconds: number;
  /** Of the group that holds the SLI and the alert. */
  readonly evaluationSeconds: number;
  readonly groupWaitSeconds: number;
}

/**
 * The mean delay that scrape, evaluation and group wait add to a crossing: half a period each, as their phases are random.
 * SLI and alert share a group, so one evaluation carries both.
 */
export function meanPipelineSeconds(pipeline: Pipeline): number {
  return pipeline.scrapeSeconds / 2 + pipeline.evaluationSeconds / 2 + pipeline.groupWaitSeconds;
}

/**
 * The same for the end: half an evaluation, and half of Alertmanager's group interval, after which it looks at a group again. A
 * window begins with its first scrape, so what burnt leaves it half a scrape early. `keep_firing_for` is not in it.
 */
export function meanResolutionSeconds(
  pipeline: Pick<Pipeline, 'scrapeSeconds' | 'evaluationSeconds'>,
  groupIntervalSeconds: number,
): number {
  return (pipeline.evaluationSeconds + groupIntervalSeconds - pipeline.scrapeSeconds) / 2;
}

/** The most it can add: every phase missed by a hair. */
export function worstPipelineSeconds(pipeline: Pipeline): number {
  return pipeline.scrapeSeconds + pipeline.evaluationSeconds + pipeline.groupWaitSeconds;
}

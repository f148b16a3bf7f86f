import { groupWaitMs } from '@firedrill/alerts';
import { type Clock, cadence, clientScrapeSeconds, type Pipeline } from '@firedrill/slo';

/** The periods of a clock's pipeline, seconds; the first two add half of themselves to a detection on average. */
export function pipelineOf(clock: Clock): Pipeline {
  return {
    scrapeSeconds: clientScrapeSeconds[clock],
    evaluationSeconds: cadence[clock].signalsSeconds,
    groupWaitSeconds: groupWaitMs / 1000,
  };
}

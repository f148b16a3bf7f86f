import { formatDuration, type Pipeline } from '@firedrill/slo';
import { type Detection, pipelineOf } from '../../checks/detection.ts';
import { clockTime, duration, durationOr } from '../figures.ts';
import { blocks, code, plain, plotImage, table } from '../markdown.ts';
import type { ReportData } from '../report-data.ts';
import type { Section } from './section.ts';

/** From the injection to the page and its end, the prediction beside the measurement. */
export const detection: Section = (data) =>
  blocks(
    '## Detection',
    ...data.detections.map((found) => one(data, found)),
    data.detections.length === 0 ? 'No alert was expected.' : plotImage('burn-rate', 'Burn rate'),
  );

function one({ run }: ReportData, found: Detection): string {
  const { injectedMs } = run.times;
  const { expected } = found;
  const delivered = found.delivered === undefined ? undefined : Date.parse(found.delivered.receivedAt);
  const resolved = found.resolved === undefined ? undefined : Date.parse(found.resolved.receivedAt);
  const steps: [string, number | undefined][] = [
    ['fault injected', injectedMs],
    [`first bad event of ${found.slo?.name ?? 'its SLO'}`, found.firstBadMs],
    [`the events cross θ${windowsOf(found)}`, found.crossingMs],
    ['pending at Prometheus', found.pendingMs],
    ['firing at Prometheus', found.firingMs],
    ['**delivered** to the receiver', delivered],
    ['fault healed', run.times.healedMs],
    ['resolved at the receiver', resolved],
  ];
  const rows = steps.flatMap(([what, ms]) =>
    ms === undefined
      ? []
      : [[clockTime(ms), injectedMs === undefined ? '–' : duration(ms - injectedMs), what] as const],
  );
  return blocks(
    `### ${plain(expected.alert)} (${expected.severity})`,
    table(
      ['Predicted by the formula>', "Predicted from this run's events>", 'Measured>', 'Allowed>'],
      [
        [
          duration(expected.predictedMs),
          durationOr(found.predictedMs, 'never crosses'),
          durationOr(found.measuredMs, 'never came'),
          duration(expected.withinMs),
        ],
      ],
    ),
    parts(found, injectedMs, pipelineOf(run.plan.clock)),
    table(
      ['Time (UTC)', 'From the injection>', 'What'],
      rows.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)),
    ),
  );
}

function parts(found: Detection, injectedMs: number | undefined, pipeline: Pipeline): string {
  if (found.crossingMs === undefined || injectedMs === undefined) return '';
  const half = (seconds: number) => duration((seconds * 1000) / 2);
  return `The prediction is ${duration(found.crossingMs - injectedMs)} until the ledger's own events cross θ, plus the pipeline's mean delay: half a scrape ${half(pipeline.scrapeSeconds)}, half an evaluation ${half(pipeline.evaluationSeconds)}, group wait ${duration(pipeline.groupWaitSeconds * 1000)}.`;
}

function windowsOf({ pair }: Detection): string {
  if (pair === undefined) return '';
  return ` in the windows ${code(formatDuration(pair.shortSeconds))} and ${code(formatDuration(pair.longSeconds))}`;
}

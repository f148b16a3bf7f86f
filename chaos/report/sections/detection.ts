import { formatDuration, type Pipeline } from '@firedrill/slo';
import type { Detection } from '../../checks/detection.ts';
import { pipelineOf } from '../../checks/pipeline-of.ts';
import { clockTime, duration, durationOr } from '../figures.ts';
import { blocks, code, plain, plotImage, table } from '../markdown.ts';
import type { ReportData } from '../report-data.ts';
import type { Section } from './section.ts';

/** From the injection to each alert and its end, the prediction beside the measurement. */
export const detection: Section = ({ run, detections }) => {
  const expected = detections.filter(({ standing }) => standing === 'expected');
  // A quiet run has no injection.
  const zero = run.times.injectedMs ?? run.times.loadFromMs;
  return blocks(
    '## Detection',
    table(
      [
        'Alert',
        'In the contract',
        'First bad event>',
        'Crosses θ>',
        'Pending>',
        'Firing>',
        'Delivered>',
        'Acknowledged>',
        'Best possible>',
      ],
      detections.map((found) => overview(found, zero)),
    ),
    detections.length === 0
      ? 'No alert was expected, and none fired.'
      : `All from the ${run.times.injectedMs === undefined ? 'start of the load' : 'injection'}. “Crosses θ” is the moment at which the users’ own requests cross the threshold in both windows, and not what the nominal error ratio would say; the best possible delivery is that and the pipeline’s mean delay. Sloth’s rules are never pending, they have no \`for\`.`,
    ...expected.map((found) => one(run, found)),
    expected.length === 0 ? '' : plotImage('burn-rate', 'Burn rate'),
  );
};

const at = (received: Detection['delivered']): number | undefined =>
  received === undefined ? undefined : Date.parse(received.receivedAt);

function overview(found: Detection, zero: number | undefined): string[] {
  const after = (ms: number | undefined) =>
    durationOr(ms === undefined || zero === undefined ? undefined : ms - zero);
  return [
    `${plain(found.alert)} (${found.severity})`,
    found.standing === 'unexpected' || found.standing === 'forbidden'
      ? `**${found.standing}**`
      : found.standing,
    after(found.firstBadMs),
    found.slo === undefined ? 'no SLO' : after(found.crossingMs),
    after(found.pendingMs),
    after(found.firingMs),
    after(at(found.delivered)),
    after(found.acknowledged?.atMs),
    durationOr(found.predictedMs),
  ];
}

type Step = readonly [what: string, predictedMs: number | undefined, measuredMs: number | undefined];

function one(run: ReportData['run'], found: Detection): string {
  const { injectedMs } = run.times;
  const { contract } = found;
  const pipeline = pipelineOf(run.plan.clock);
  const from = (ms: number | null | undefined) =>
    injectedMs === undefined || ms === null || ms === undefined ? undefined : injectedMs + ms;
  const ruleMs =
    found.crossingMs === undefined
      ? undefined
      : found.crossingMs + ((pipeline.scrapeSeconds + pipeline.evaluationSeconds) * 1000) / 2;
  const steps: readonly Step[] = [
    ['fault injected', undefined, injectedMs],
    [`first bad event of ${found.slo?.name ?? 'its SLO'}`, undefined, found.firstBadMs],
    [`the events cross θ${windowsOf(found)}`, from(contract?.predictedMs), found.crossingMs],
    ['pending at Prometheus', undefined, found.pendingMs],
    ['firing at Prometheus', ruleMs, found.firingMs],
    ['**delivered** to the receiver', from(found.predictedMs), at(found.delivered)],
    [`acknowledged by ${plain(found.acknowledged?.by ?? 'nobody')}`, undefined, found.acknowledged?.atMs],
    ['fault healed', undefined, run.times.healedMs],
    ['resolved at the receiver', found.resolutionMs ?? from(contract?.resolvesMs), at(found.resolved)],
  ];
  const after = (ms: number | undefined) =>
    durationOr(ms === undefined || injectedMs === undefined ? undefined : ms - injectedMs);
  return blocks(
    `### ${plain(found.alert)} (${found.severity})`,
    table(
      ['Predicted by the formula>', "Predicted from this run's events>", 'Measured>', 'Allowed>'],
      [
        [
          durationOr(contract?.predictedMs),
          durationOr(found.predictedMs, 'never crosses'),
          durationOr(found.measuredMs, 'never came'),
          durationOr(contract?.withinMs),
        ],
      ],
    ),
    parts(found, pipeline),
    table(
      ['Time (UTC)', 'Predicted>', 'Measured>', 'What'],
      steps
        .flatMap((step) => (step[2] === undefined ? [] : [[step[2], step] as const]))
        .sort(([a], [b]) => a - b)
        .map(([ms, [what, predictedMs]]) => [clockTime(ms), after(predictedMs), after(ms), what]),
    ),
  );
}

function parts(found: Detection, pipeline: Pipeline): string {
  const { crossingMs, bestMs, measuredMs } = found.fromFirstBad;
  if (crossingMs === null || bestMs === null) return '';
  const half = (seconds: number) => duration((seconds * 1000) / 2);
  const ratio =
    measuredMs === null ? '' : `; measured were ${duration(measuredMs)}, ${times(measuredMs / bestMs)}`;
  return `From the first bad event the best possible is ${duration(bestMs)}: ${duration(crossingMs)} until the ledger's own events cross θ, and the pipeline's mean delay of half a scrape ${half(pipeline.scrapeSeconds)}, half an evaluation ${half(pipeline.evaluationSeconds)} and the group wait ${duration(pipeline.groupWaitSeconds * 1000)}${ratio}.`;
}

const times = (ratio: number): string => `${ratio.toFixed(2)} times that`;

function windowsOf({ pair }: Detection): string {
  if (pair === undefined) return '';
  return ` in the windows ${code(formatDuration(pair.shortSeconds))} and ${code(formatDuration(pair.longSeconds))}`;
}

import { drawSvg, type Frame, type Piece, type Plot, samplesOf, seriesOf } from '@firedrill/chaos/report';
import type { Slo } from '@firedrill/slo';
import type { Incident } from '../pager/incident.ts';
import { growth } from './events-of-counters.ts';

/** Drawn of the time before it opened. */
const leadMs = 2 * 60_000;

/** Pure: what the counters and rules of a lab show of an incident, with its time shaded; SVG by name. */
export function labPlots(
  pieces: ReadonlyMap<string, Piece>,
  slos: readonly Slo[],
  incident: Incident,
  window: { readonly fromMs: number; readonly toMs: number },
): ReadonlyMap<string, string> {
  const { toMs } = window;
  const fromMs = Math.max(window.fromMs, Date.parse(incident.openedAt) - leadMs);
  const second = (ms: number) => (ms - fromMs) / 1000;
  const frame: Frame = {
    seconds: Math.max(1, Math.ceil(second(toMs))),
    marks: marksOf(incident).map(([at, label]) => ({ second: second(Date.parse(at)), label })),
    shades: [
      {
        fromSecond: second(Date.parse(incident.openedAt)),
        toSecond: second(Date.parse(incident.recoveredAt ?? incident.resolved?.at ?? '') || toMs),
        label: 'incident',
      },
    ],
  };
  const counted = seriesOf(pieces.get('prometheus-counted'));
  const operations = [...new Set(counted.map(({ metric }) => metric['operation'] ?? ''))];
  const points = (outcome: string): [number, number][] =>
    [...growth(counted, { operations }, { outcome })]
      .filter(([ms]) => ms >= fromMs && ms <= toMs)
      .map(([ms, count]): [number, number] => [second(ms), count])
      .sort(([a], [b]) => a - b);
  const burning = slos.map((slo, index) => ({
    name: slo.name,
    colour: (['bad', 'slow', 'measure', 'page'] as const)[index % 4]!,
    dashed: slo.kind === 'latency',
    points: samplesOf(pieces.get('prometheus-burn-rate'), slo.id)
      .filter(([ms]) => ms >= fromMs)
      .map(([ms, value]): [number, number | null] => [second(ms), value]),
  }));
  const plots: readonly Plot[] = [
    {
      name: 'requests',
      title: 'Answers that users got, by scrape',
      unit: '',
      series: [
        { name: 'good', colour: 'good', step: true, points: points('good') },
        { name: 'failed', colour: 'bad', step: true, points: points('bad') },
      ],
    },
    { name: 'burn-rate', title: 'Burn rate of each SLO, by Prometheus', unit: '×', series: burning },
  ];
  const drawn = plots.filter(({ series }) => series.some((one) => one.points.length > 0));
  return new Map(drawn.map((plot) => [plot.name, drawSvg(plot, frame)]));
}

const marksOf = ({ openedAt, acts, recoveredAt }: Incident): readonly (readonly [string, string])[] => [
  [openedAt, 'page delivered'],
  ...acts.filter(({ kind }) => kind !== 'note').map(({ at, kind }) => [at, kind] as const),
  ...(recoveredAt === undefined ? [] : [[recoveredAt, 'resolved'] as const]),
];

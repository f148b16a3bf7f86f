import { code, duration, type Piece, plain, seriesOf } from '@firedrill/chaos/report';
import { alertName, type Incident } from '../pager/incident.ts';
import type { Line, Span } from './facts.ts';
import { type LabAsked, line, source } from './lab-asked.ts';
import { logGroups } from './logs.ts';
import { utc } from './utc.ts';

/** Targets that Prometheus lost and found again. */
export function targetLines(pieces: ReadonlyMap<string, Piece>, fromMs: number): readonly Line[] {
  const from = source('prometheus-up');
  return seriesOf(pieces.get('prometheus-up')).flatMap(({ metric, samples }) => {
    const name = code(metric['instance'] ?? '?');
    return samples.flatMap(([ms, value], index) => {
      const before = samples[index - 1]?.[1];
      if (before === undefined || value === before || ms < fromMs) return [];
      return line(ms, value === 1 ? `${name} is scraped again` : `${name} cannot be scraped`, from);
    });
  });
}

export function leadUpOf({ incident, others, clock }: LabAsked, fromMs: number): readonly string[] {
  const openedMs = Date.parse(incident.openedAt);
  const earlier = others.filter(({ openedAt }) => Date.parse(openedAt) < openedMs);
  return [
    `Level ${incident.level}, clock ${clock}; looked at from ${utc(fromMs)} on.`,
    earlier.length === 0
      ? 'It is the first incident of this start of the lab.'
      : `${earlier.length} earlier on this start of the lab, the last one ${code(earlier.at(-1)!.id)}, ${duration(openedMs - Date.parse(earlier.at(-1)!.openedAt))} before.`,
  ];
}

export function triggerOf(pieces: ReadonlyMap<string, Piece>, { alerts }: Incident): readonly string[] {
  const [first] = logGroups(pieces.get('loki-errors')) ?? [];
  const lost = targetLines(pieces, 0).filter(({ what }) => what.endsWith('cannot be scraped'));
  return [
    'No experiment was under way on this lab, so nobody broke it on purpose as far as is known. What follows is what was seen first.',
    ...lost.slice(0, 3).map(({ atMs, what }) => `${utc(atMs)}: ${what}.`),
    ...(first === undefined
      ? []
      : [
          `${utc(first.atMs)}: the first warning or error in the logs, ${code(first.node)}: ${plain(first.message)}`,
        ]),
    `${utc(Date.parse(alerts[0]!.startsAt))}: ${plain(alertName(alerts[0]!))}${alerts[0]!.summary === undefined ? '' : `, “${plain(alerts[0]!.summary)}”`}.`,
  ];
}

export function recoveryOf({ recoveredAt, resolved }: Incident, users: Span | undefined): readonly string[] {
  return [
    ...(users === undefined
      ? []
      : [
          users.toMs === undefined
            ? 'Users were still being failed when it was last looked.'
            : `The last failed request was counted at ${utc(users.toMs)}.`,
        ]),
    recoveredAt === undefined
      ? `Its pages never ended${resolved === undefined ? '' : '; a person said that it was over'}.`
      : `The last page ended at ${utc(Date.parse(recoveredAt))}. What mended it is not known from here.`,
  ];
}

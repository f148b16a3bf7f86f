import { wordsOf } from '@firedrill/lab/levers';
import { eventsOf } from '../../checks/run.ts';
import { timeOf } from '../../checks/run-times.ts';
import type { ReportData } from '../report-data.ts';

/** A moment that every plot shows: seconds since the load began. */
export interface Mark {
  readonly second: number;
  readonly label: string;
}

/** A fault's time in a plot. */
export interface Shade {
  readonly fromSecond: number;
  readonly toSecond: number;
  readonly label: string;
}

/** The first expected alert's way, pending, firing, delivered, resolved, and what the operator did. */
export function marksOf({ run, detections }: ReportData): readonly Mark[] {
  const found = detections.find(({ standing }) => standing === 'expected');
  const { loadFromMs } = run.times;
  if (loadFromMs === undefined) return [];
  const at = (label: string, ms: number | undefined): Mark[] =>
    ms === undefined ? [] : [{ second: (ms - loadFromMs) / 1000, label }];
  const parsed = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
  const acts = eventsOf(run, 'operator')
    .filter(({ state }) => state === 'begun' || state === 'done')
    .flatMap((act) => at(act.state === 'begun' ? wordsOf(act) : `${act.lever} done`, timeOf(act)));
  if (found === undefined) return acts;
  return [
    ...acts,
    ...at('pending', found.pendingMs),
    ...at('firing', found.firingMs),
    ...at(`${found.severity} delivered`, parsed(found.delivered?.receivedAt)),
    ...at('resolved', parsed(found.resolved?.receivedAt)),
  ];
}

export function shadesOf({ run }: ReportData): readonly Shade[] {
  const { loadFromMs, faults, endMs } = run.times;
  if (loadFromMs === undefined) return [];
  return faults.map((fault) => ({
    fromSecond: (fault.fromMs - loadFromMs) / 1000,
    toSecond: ((fault.toMs ?? endMs) - loadFromMs) / 1000,
    label: fault.fault,
  }));
}

/** Marks that would write over each other share one label: the names of those within `nearness` seconds, in their order. */
export function labelled(marks: readonly Mark[], nearness: number): readonly Mark[] {
  const sorted = marks.toSorted((a, b) => a.second - b.second);
  const clusters: Mark[][] = [];
  for (const mark of sorted) {
    const last = clusters.at(-1);
    if (last !== undefined && mark.second - last[0]!.second < nearness) last.push(mark);
    else clusters.push([mark]);
  }
  return clusters.flatMap((cluster) =>
    cluster.map((mark, index) => ({
      ...mark,
      label: index === 0 ? cluster.map((one) => one.label).join(', ') : '',
    })),
  );
}

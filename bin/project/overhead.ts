import type { JournalEvent } from '@firedrill/chaos';
import type { OverheadRun } from './overhead-result.ts';

export interface RunTrace {
  readonly cell: string;
  readonly events: readonly JournalEvent[];
  /** What the guardian wrote down. */
  readonly guardian: readonly { readonly at: string; readonly what: string }[];
  /** When the last request of the users was sent, ms since the epoch. */
  readonly lastSentMs: number;
  /** When the command was started, and when it had ended, ms since the epoch. */
  readonly startedMs: number;
  readonly endedMs: number;
}

const seconds = (ms: number): number => Math.round(ms / 10) / 100;

/**
 * Pure: where the seconds of a run went. Its own timeline is what its users do and what the shop needs to come to rest; the lab's start
 * and end are the lab's. All the rest is the runner's.
 */
export function whereTimeWent({
  cell,
  events,
  guardian,
  lastSentMs,
  startedMs,
  endedMs,
}: RunTrace): OverheadRun {
  const at = (event: { readonly at: string }): number => Date.parse(event.at);
  const find = <T extends JournalEvent['type']>(type: T): Extract<JournalEvent, { type: T }> => {
    const event = events.find((one): one is Extract<JournalEvent, { type: T }> => one.type === type);
    if (event === undefined) throw new Error(`${cell}: its journal has no ${type}`);
    return event;
  };
  const phase = (name: string): number => {
    const event = events.find((one) => one.type === 'phase' && one.phase === name);
    if (event === undefined) throw new Error(`${cell}: its journal has no phase ${name}`);
    return at(event);
  };
  const planned = at(find('planned'));
  const lab = find('lab-ready');
  const firstSent = find('load-started').startedAtMs;
  const finished = at(find('finished'));
  const [settle, evidence, check] = [phase('settle'), phase('evidence'), phase('check')];
  // A lab that ran already was only looked for.
  const labUp = lab.started ? lab.tookMs : 0;
  const [begun, gone] = ['stop-lab', 'lab-stopped'].map((what) => guardian.find((one) => one.what === what));
  const labDown = begun === undefined || gone === undefined ? 0 : at(gone) - at(begun);
  const parts = {
    start: seconds(planned - startedMs),
    beforeLoad: seconds(firstSent - planned - labUp),
    drain: seconds(settle - lastSentMs),
    evidence: seconds(check - evidence),
    report: seconds(finished - check - labDown),
    exit: seconds(endedMs - finished),
  };
  return {
    cell,
    seconds: seconds(endedMs - startedMs),
    labUp: seconds(labUp),
    labDown: seconds(labDown),
    timeline: seconds(lastSentMs - firstSent),
    settle: seconds(evidence - settle),
    parts,
    overhead: seconds(1000 * Object.values(parts).reduce((sum, part) => sum + part, 0)),
  };
}

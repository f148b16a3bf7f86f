import type { Incident } from '../pager/incident.ts';
import { clockText, incidentLine } from '../text/incident-line.ts';
import { begunOf, type DrillEvent, eventsOf } from './event.ts';
import { pulls } from './levers.ts';

/** What `pnpm drill status --json` prints: what those who play know, and nothing of what is hidden. */
export interface DrillStatus {
  readonly drill: string;
  readonly level: number;
  readonly by: string;
  readonly since: string;
  /** Users come, or the lab is being started. */
  readonly ready: boolean;
  readonly incidents: readonly Incident[];
  readonly diagnoses: readonly {
    readonly at: string;
    readonly by: string;
    readonly component: string;
    readonly cause: string;
  }[];
  readonly hints: readonly string[];
  readonly levers: ReturnType<typeof pulls>;
  readonly resolvedBy: string | null;
  /** When it was healed without anybody having said that it was over. */
  readonly timeUpAt: string | null;
}

/** Pure. */
export function statusOf(events: readonly DrillEvent[], incidents: readonly Incident[]): DrillStatus {
  const { drill, level, by, at } = begunOf(events);
  return {
    ...{ drill, level, by, since: at, incidents },
    ready: eventsOf(events, 'ready').length > 0,
    diagnoses: eventsOf(events, 'diagnosed').map((one) => ({
      at: one.at,
      by: one.by,
      component: one.component,
      cause: one.cause,
    })),
    hints: eventsOf(events, 'hinted').map(({ text }) => text),
    levers: pulls(events),
    resolvedBy: eventsOf(events, 'resolved').at(-1)?.by ?? null,
    timeUpAt: eventsOf(events, 'time-up').at(-1)?.at ?? null,
  };
}

/** Pure. */
export function statusText(status: DrillStatus, nowMs: number): string {
  const { drill, level, by, since, ready, incidents, diagnoses, hints, levers } = status;
  return [
    `${drill}  level ${level}, begun by ${by} at ${clockText(since)}: ${state(status)}`,
    ...(ready && incidents.length === 0 ? ['nothing has paged'] : []),
    ...incidents.map((one) => incidentLine(one, nowMs, 'answers')),
    ...diagnoses.map((one) => `${clockText(one.at)}  ${one.by} says ${one.component}: ${one.cause}`),
    ...levers.map((one) => `${clockText(one.beganAt)}  pnpm lab ${one.words}: ${one.state}`),
    ...hints.map((text, index) => `hint ${index + 1}: ${text}`),
  ].join('\n');
}

function state({ ready, resolvedBy, timeUpAt }: DrillStatus): string {
  if (resolvedBy !== null) return `${resolvedBy} says that it is over; the debrief follows`;
  if (timeUpAt !== null) return 'its time is up; the debrief follows';
  return ready ? 'users come' : 'the lab is being started';
}

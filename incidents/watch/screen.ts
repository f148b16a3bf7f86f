import type { Incident } from '../pager/incident.ts';
import { timelineOf } from '../pager/timeline.ts';
import { clockText, incidentLine, printable, sinceText } from '../text/incident-line.ts';

/** A running lab, and when its receiver last heard the Watchdog; `undefined`: it does not answer, or never heard it. */
export interface WatchedLab {
  readonly lab: string;
  readonly level: number;
  readonly lastHeartbeatAt: string | undefined;
}

export interface Watched {
  /** Those that are not over. */
  readonly incidents: readonly Incident[];
  readonly labs: readonly WatchedLab[];
  /** What cannot be read. */
  readonly problems: readonly string[];
  readonly nowMs: number;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** A heartbeat comes every 2 s; what is silent for longer may have missed a page. */
const silentMs = 10_000;

/** Pure: whether a page could be heard from each lab; the same as long as nothing changes. */
export function labStates({ labs, nowMs }: Pick<Watched, 'labs' | 'nowMs'>): readonly string[] {
  if (labs.length === 0) return ['no lab runs: waiting for one'];
  return labs.map(({ level, lastHeartbeatAt }) => {
    if (lastHeartbeatAt === undefined) return `level ${level}: no heartbeat of the alerting yet`;
    const silent = nowMs - Date.parse(lastHeartbeatAt) > silentMs;
    return `level ${level}: the alerting ${silent ? 'may be BLIND' : 'is alive'}`;
  });
}

/** Pure: what a person who has the pager sees, as many lines as fit, none longer than the screen is wide. */
export function screenLines(watched: Watched, { columns, rows }: ScreenSize): readonly string[] {
  const { incidents, nowMs, problems } = watched;
  const running = new Set(watched.labs.map(({ lab }) => lab));
  const head = [
    `on call, ${clockText(new Date(nowMs).toISOString())} UTC, Ctrl-C ends it`,
    ...labStates(watched).map((state, index) => `${state}${heartbeat(watched, index)}`),
    ...problems,
    '',
    incidents.length === 0 ? 'no incident is open' : `not over: ${incidents.length}`,
    ...incidents.map((one) => incidentLine(one, nowMs, !running.has(one.lab))),
  ];
  return [...head, ...newestLines(incidents.at(-1), rows - head.length)]
    .slice(0, Math.max(1, rows - 1))
    .map((line) => printable(line).slice(0, Math.max(1, columns - 1)));
}

/** What happened last in the incident that opened last, as much as fits. */
function newestLines(incident: Incident | undefined, room: number): readonly string[] {
  if (incident === undefined || room < 4) return [];
  const entries = timelineOf(incident).slice(3 - room);
  return [
    '',
    `${incident.id}:`,
    ...entries.map(({ at, by = '', text }) => `  ${clockText(at)}  ${by.padEnd(10)}  ${text}`),
  ];
}

function heartbeat({ labs, nowMs }: Watched, index: number): string {
  const at = labs[index]?.lastHeartbeatAt;
  return at === undefined ? '' : `, its last heartbeat was ${sinceText(at, nowMs)} ago`;
}

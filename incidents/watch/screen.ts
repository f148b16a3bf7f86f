import type { Incident } from '../pager/incident.ts';
import { timelineOf } from '../pager/timeline.ts';
import { clockText, incidentLine, type LabStanding, printable, sinceText } from '../text/incident-line.ts';

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
  /** The levels of labs, by name, that do not answer and have not ended. Their pages may go on. */
  readonly silent: ReadonlyMap<string, number>;
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
export function labStates({
  labs,
  silent,
  nowMs,
}: Pick<Watched, 'labs' | 'silent' | 'nowMs'>): readonly string[] {
  if (labs.length + silent.size === 0) return ['no lab runs: waiting for one'];
  const heard = labs.map(({ level, lastHeartbeatAt }) => {
    if (lastHeartbeatAt === undefined) return `level ${level}: no heartbeat of the alerting yet`;
    const isLate = nowMs - Date.parse(lastHeartbeatAt) > silentMs;
    return `level ${level}: the alerting ${isLate ? 'may be BLIND' : 'is alive'}`;
  });
  return [...heard, ...[...silent.values()].map((level) => `level ${level}: the lab does not answer`)];
}

/** Pure: what a person who has the pager sees, as many lines as fit, none longer than the screen is wide. */
export function screenLines(watched: Watched, { columns, rows }: ScreenSize): readonly string[] {
  const { incidents, nowMs, problems } = watched;
  const head = [
    `on call, ${clockText(new Date(nowMs).toISOString())} UTC, Ctrl-C ends it`,
    ...labStates(watched).map((state, index) => `${state}${heartbeat(watched, index)}`),
    ...problems,
    '',
    incidents.length === 0 ? 'no incident is open' : `not over: ${incidents.length}`,
    ...incidents.map((one) => incidentLine(one, nowMs, standingIn(watched, one))),
  ];
  return [...head, ...newestLines(incidents.at(-1), rows - head.length)]
    .slice(0, Math.max(1, rows - 1))
    .map((line) => printable(line).slice(0, Math.max(1, columns - 1)));
}

function standingIn({ labs, silent }: Watched, { lab }: Incident): LabStanding {
  if (labs.some((one) => one.lab === lab)) return 'answers';
  return silent.has(lab) ? 'silent' : 'gone';
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

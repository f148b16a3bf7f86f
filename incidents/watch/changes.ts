import type { Incident } from '../pager/incident.ts';
import { type TimelineEntry, timelineOf } from '../pager/timeline.ts';

/** Something that was not there at the last look. */
export interface Change {
  readonly at: string;
  readonly incident: string;
  readonly text: string;
  /** Somebody must look: a page fired, or was handed on. */
  readonly rings: boolean;
}

/** Pure: what is new between two looks, in its order. */
export function changesBetween(before: readonly Incident[], after: readonly Incident[]): readonly Change[] {
  const known = new Map(before.map((incident) => [incident.id, incident]));
  return after
    .flatMap((incident) => {
      const old = known.get(incident.id);
      const seen = new Set(old === undefined ? [] : timelineOf(old).map(keyOf));
      return timelineOf(incident)
        .filter((entry) => !seen.has(keyOf(entry)))
        .map(({ at, by, kind, text }) => ({
          at,
          incident: incident.id,
          text: by === undefined ? text : `${by} ${text}`,
          rings: kind === 'page' || kind === 'escalate',
        }));
    })
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const keyOf = ({ at, kind, text }: TimelineEntry): string => `${at} ${kind} ${text}`;

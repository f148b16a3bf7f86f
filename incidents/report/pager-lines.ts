import { plain } from '@firedrill/chaos/report';
import type { Incident } from '../pager/incident.ts';
import { timelineOf } from '../pager/timeline.ts';
import type { Line, Source } from './facts.ts';

/** What the pager knows, as it is kept beside the report. */
export const pagerSource: Source = { name: 'pager', path: 'evidence/incident.json' };

/** Pure: what reached the receiver, and what people did. */
export function pagerLines(incident: Incident): readonly Line[] {
  return timelineOf(incident).map(({ at, by, kind, text }) => ({
    atMs: Date.parse(at),
    // When it fired is another moment than when somebody was told.
    what: kind === 'page' || kind === 'ticket' ? `**delivered**: ${plain(text)}` : plain(text),
    ...(by === undefined ? {} : { by: plain(by) }),
    source: pagerSource,
  }));
}

import { type BlindSpan, blindSpans, blindToUsersMs, notLookedAt } from '../../checks/blindness.ts';
import type { Run } from '../../checks/run.ts';
import { lost, nothing } from '../../checks/watchers.ts';
import { clockTime, duration } from '../figures.ts';
import { blocks, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** From when to when nobody would have been told, and by what that shows: without it a quiet report would look like health. */
export const whoWatched: Section = ({ run }) => {
  const spans = blindSpans(run);
  const unseen = notLookedAt(run);
  return blocks(
    '## Who watched',
    unseen.length === 0 ? '' : `Nothing was heard of: ${unseen.join(', ')}.`,
    spans.length === 0
      ? unseen.length === 0
        ? 'The heartbeat came, every target was scraped and the log alerts were evaluated, all the time.'
        : ''
      : `For ${duration(blindToUsersMs(run))} no page of an SLO could have come, whatever users felt. An alert that was open then “resolves” by itself: that is no sign of health.`,
    table(
      ['Blind by', 'Of', 'Last seen (UTC)', 'Seen again', 'Lasted>', 'Meanwhile'],
      spans.map((span) => row(run, span)),
    ),
  );
};

function row(run: Run, { by, what, pages, fromMs, toMs }: BlindSpan): string[] {
  return [
    nothing[by],
    what.length === 0 ? '–' : what.map(plain).join(', '),
    clockTime(fromMs),
    toMs === undefined ? 'not in this run' : clockTime(toMs),
    duration((toMs ?? run.times.endMs) - fromMs),
    lost({ by, pages }),
  ];
}

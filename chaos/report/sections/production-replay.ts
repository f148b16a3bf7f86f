import { formatDuration } from '@firedrill/slo';
import type { SloReplay } from '../../checks/production-replay.ts';
import type { Run } from '../../checks/run.ts';
import { duration, percent } from '../figures.ts';
import { blocks, code, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** What the 30-day windows would have made of this run. */
export const productionReplay: Section = ({ replays, run }) =>
  blocks(
    '## In production',
    replays.length === 0
      ? 'There is no series to replay.'
      : "The run's own good and bad events, second by second, against the production windows (30 days) after three quiet days:",
    table(
      [
        'SLO',
        'Page',
        `After the ${run.times.injectedMs === undefined ? 'start' : 'injection'}>`,
        'By the windows',
        'Nearest to a page>',
        'Ticket',
      ],
      replays.map((replay) => row(run, replay)),
    ),
  );

function row(run: Run, { slo, replay }: SloReplay): string[] {
  const { loadFromMs = 0, injectedMs = loadFromMs } = run.times;
  const { page, ticket } = replay;
  const after = (atSecond: number | undefined) =>
    atSecond === undefined ? '–' : duration(loadFromMs + atSecond * 1000 - injectedMs);
  const windows = page.pair;
  return [
    code(slo.name),
    page.fires ? '**would have paged**' : 'would not have paged',
    after(page.atSecond),
    windows === undefined
      ? '–'
      : `${formatDuration(windows.shortSeconds)} and ${formatDuration(windows.longSeconds)}`,
    `${percent(page.peakOfThreshold)} of θ`,
    ticket.fires ? `after ${after(ticket.atSecond)}` : 'no',
  ];
}

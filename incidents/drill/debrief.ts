import { begunOf, type DrillEvent, eventsOf } from './event.ts';
import { type Score, scoreOf } from './score.ts';
import { idealTimeline, type Moment, playedTimeline } from './timeline.ts';

/** `+0:42`, `-0:08`: minutes and seconds. */
function clock(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return `${ms < 0 && seconds > 0 ? '-' : '+'}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const points = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** Pure: one line of what became of it. */
export function outcomeLine(events: readonly DrillEvent[], score = scoreOf(events)): string {
  const { drill, level, by, operator } = begunOf(events);
  const ended = eventsOf(events, 'ended').at(-1);
  const who = operator === 'runbook' ? 'the runbooks' : by;
  const head = `${drill}  level ${level}, ${who}`;
  if (score === undefined) {
    return `${head}: broken off${ended?.reason === undefined ? '' : `: ${ended.reason}`}; nothing is scored`;
  }
  const how = score.resolved ? 'resolved' : ended?.how === 'time-up' ? 'time was up' : 'not resolved';
  return `${head}: ${how}, ${score.total} of 100`;
}

/** Pure: the debrief for a terminal. */
export function debriefText(events: readonly DrillEvent[]): string {
  const score = scoreOf(events);
  const ended = eventsOf(events, 'ended').at(-1);
  const { key } = begunOf(events);
  const lines = [outcomeLine(events, score), `${key.title} (${key.scenario}).`];
  if (score === undefined || ended?.seen === undefined) return `${lines.join('\n')}\n`;
  const row = ([left, right]: readonly [string, string]) => `  ${left.padEnd(58)}  ${right}`;
  return [
    ...lines,
    '',
    ...partLines(score),
    '',
    row(['what was done', 'a practised team']),
    ...beside(playedTimeline(events, ended.seen), idealTimeline(key, ended.seen.pages)).map(row),
    '',
  ].join('\n');
}

function partLines({ parts, costs }: Score): readonly string[] {
  return [
    ...parts.map(
      ({ name, points: got, of, why }) =>
        `  ${name.padEnd(12)}${points(got).padStart(5)} of ${points(of).padEnd(4)}${why}`,
    ),
    ...costs.map(
      ({ what, points: cost }) => `  ${'cost'.padEnd(12)}${`-${points(cost)}`.padStart(5)}        ${what}`,
    ),
  ];
}

/** Line by line, each at its own pace. */
function beside(left: readonly Moment[], right: readonly Moment[]): readonly (readonly [string, string])[] {
  const text = (moment: Moment | undefined): string =>
    moment === undefined ? '' : `${clock(moment.ms).padStart(6)}  ${moment.text}`;
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_one, index) => [text(left[index]), text(right[index])] as const,
  );
}

/** Pure: the debrief as Markdown, `debrief.md` beside the run's report. */
export function debriefMarkdown(events: readonly DrillEvent[]): string {
  const score = scoreOf(events);
  const ended = eventsOf(events, 'ended').at(-1);
  const { key, seed, drill } = begunOf(events);
  const head = [
    `# Drill ${drill}`,
    '',
    `${outcomeLine(events, score)}.`,
    '',
    `**What it was**: ${key.title} (\`${key.scenario}\`, seed ${seed}).`,
  ];
  if (score === undefined || ended?.seen === undefined) return `${head.join('\n')}\n`;
  const { seen } = ended;
  return [
    ...head,
    '',
    '## Score',
    '',
    '| | Points | Of | |',
    '|---|---:|---:|---|',
    ...score.parts.map(
      ({ name, points: got, of, why }) => `| ${name} | ${points(got)} | ${points(of)} | ${why} |`,
    ),
    ...score.costs.map(({ what, points: cost }) => `| cost | -${points(cost)} | | ${what} |`),
    `| **total** | **${score.total}** | **100** | the share of what could be reached, less the costs |`,
    '',
    '## What was done, and what a practised team does',
    '',
    `Minutes and seconds ${seen.pagedAt === null ? 'from its begin' : 'from the page'}. The practised team's are a yardstick that was set, not measured (docs/drills.md).`,
    '',
    '| | Done | | Practised |',
    '|---:|---|---:|---|',
    ...markdownRows(playedTimeline(events, seen), idealTimeline(key, seen.pages)),
    '',
    'The run that it was: [report](report.md).',
    '',
  ].join('\n');
}

function markdownRows(left: readonly Moment[], right: readonly Moment[]): readonly string[] {
  const cells = (moment: Moment | undefined): string =>
    moment === undefined ? ' | ' : `${clock(moment.ms)} | ${moment.text}`;
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_one, index) => `| ${cells(left[index])} | ${cells(right[index])} |`,
  );
}

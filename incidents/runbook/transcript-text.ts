import { wordsOf } from '@firedrill/lab/levers';
import type { Answer } from '@firedrill/runbooks';
import type { Style } from './style.ts';
import type { TranscriptEvent } from './transcript.ts';
import { wrap } from './wrap.ts';

/** Of an answer. */
const shownLines = 8;

/** Pure: an event as somebody reads it who walks along. */
export function eventText(event: TranscriptEvent, style: Style, width: number): string {
  switch (event.type) {
    case 'asked':
      return [
        ...(event.question === undefined ? [] : ['', style.strong(event.question)]),
        indented(style.code(event.asked)),
        indented(answerText(event.answer, /^pnpm lab logs /.test(event.asked) ? 'end' : 'beginning')),
        ...event.expected.map(({ answer, advice }) => {
          const is = answer === event.is;
          const line = wrap(unlinked(advice), width, `  ${is ? '→' : ' '} ${answer}: `, '      ');
          return is ? style.strong(line) : style.quiet(line);
        }),
      ].join('\n');
    case 'mitigation': {
      const on = Object.values(event.on).join(', ');
      return `\n${style.strong(`What to do: ${event.title}${on === '' ? '' : ` (${on})`}`)}`;
    }
    case 'lever':
      return event.state === 'begun'
        ? indented(style.code(event.text))
        : indented(
            `${wordsOf(event.lever)}: ${event.state === 'done' || event.state === 'step' ? event.text : style.bad(`${event.state}: ${event.text}`)}`,
          );
    case 'communicate':
      return wrap(unlinked(event.text), width, '  Communicate: ');
    case 'escalate':
      return wrap(unlinked(event.text), width, '  Escalate: ');
    case 'verified':
      return [
        '',
        style.strong(event.recovered ? 'Verify recovery: it is over' : 'Verify recovery: it is not over'),
        ...event.checks.flatMap(({ asked, expected, answer, holds }) => [
          indented(style.code(asked)),
          indented(answerText(answer)),
          `  ${holds ? style.good('as expected') : style.bad('not as expected')}: ${expected}`,
        ]),
      ].join('\n');
    case 'note':
      return indented(event.text);
    case 'ended':
      return `\n${style.strong(endings[event.outcome])}, after ${(event.tookMs / 1000).toFixed(1)} s`;
  }
}

const endings = {
  recovered: 'Recovered',
  degraded: 'Not recovered: degraded, told and handed over',
  escalated: 'Not recovered: nothing here helps, it is handed over',
} as const;

/** Pure: rows as `name=value … 0.25`; of what is long, one part. */
export function answerText(answer: Answer, part: 'beginning' | 'end' = 'beginning'): string {
  if (answer.kind === 'none') return `no answer: ${answer.why}`;
  const lines = answer.kind === 'rows' ? answer.rows.map(rowText) : answer.text.trimEnd().split('\n');
  if (lines.length === 0) return 'no row';
  const shown = part === 'beginning' ? lines.slice(0, shownLines) : lines.slice(-shownLines);
  const more = lines.length - shown.length;
  const left = more > 0 ? [`(${more} more)`] : [];
  return (part === 'beginning' ? [...shown, ...left] : [...left, ...shown]).join('\n');
}

const rowText = ({ labels, value }: { labels: Readonly<Record<string, string>>; value: number }): string =>
  [
    ...Object.entries(labels)
      .filter(([name]) => name !== 'service' && name !== 'level')
      .map(([name, label]) => `${name}=${label}`),
    Number(value.toPrecision(4)),
  ].join(' ');

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');
const unlinked = (text: string): string => text.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');

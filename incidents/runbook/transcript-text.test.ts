import type { Answer } from '@firedrill/runbooks';
import { expect, it } from 'vitest';
import { plain } from './style.ts';
import type { TranscriptEvent } from './transcript.ts';
import { answerText, eventText } from './transcript-text.ts';

const at = '2026-11-28T03:00:00.000Z';

it('shows the answer beside the expected ones, and which of them it is', () => {
  const asked: TranscriptEvent = {
    at,
    type: 'asked',
    runbook: 'CheckoutLatency',
    question: 'Does a part run and not answer?',
    language: 'promql',
    asked: 'up == 0',
    answer: {
      kind: 'rows',
      rows: [{ labels: { instance: 'api-1', level: '1', service: 'shop' }, value: 0 }],
    },
    expected: [
      { answer: 'a row', advice: 'it hangs: [restart it](#restart-it)' },
      { answer: 'else', advice: 'next' },
    ],
    is: 'a row',
  };
  expect(eventText(asked, plain, 80)).toBe(
    [
      '',
      'Does a part run and not answer?',
      '  up == 0',
      '  instance=api-1 0',
      '  → a row: it hangs: restart it',
      '    else: next',
    ].join('\n'),
  );
});

it('shows of long answers the beginning, of logs the end', () => {
  const lines: Answer = {
    kind: 'text',
    text: `${Array.from({ length: 20 }, (_, n) => `line ${n}`).join('\n')}\n`,
  };
  expect(answerText(lines).split('\n')).toEqual([
    ...Array.from({ length: 8 }, (_, n) => `line ${n}`),
    '(12 more)',
  ]);
  expect(answerText(lines, 'end').split('\n').at(0)).toBe('(12 more)');
  expect(answerText(lines, 'end').split('\n').at(-1)).toBe('line 19');
});

it('says that nothing was found, and why nothing was answered', () => {
  expect(answerText({ kind: 'rows', rows: [] })).toBe('no row');
  expect(answerText({ kind: 'none', why: 'Prometheus is down' })).toBe('no answer: Prometheus is down');
});

it('says how it ended, and how long that took', () => {
  expect(eventText({ at, type: 'ended', outcome: 'degraded', tookMs: 61_200 }, plain, 80)).toBe(
    '\nNot recovered: degraded, told and handed over, after 61.2 s',
  );
});

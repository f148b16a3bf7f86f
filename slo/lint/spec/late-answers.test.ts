import { expect, it } from 'vitest';
import { specFlaws, specText } from '../testing/flaws.ts';
import { lateAnswers } from './late-answers.ts';

const query =
  /client_request_duration_seconds_count\{(.*?)\}[\s\S]*?client_request_duration_seconds_bucket\{(.*?)\}/;
const [, all = '', inTime = ''] = query.exec(specText()) ?? [];
const [count, bucket] = [`_count{${all}}`, `_bucket{${inTime}}`];

it('takes those that count, less those that came in time', () => {
  expect(specFlaws(lateAnswers)).toEqual([]);
});

it.each([
  [
    'the other way round',
    `${count}[{{.window}}]))\n          - sum(rate(client_request_duration_seconds${bucket}`,
    `${bucket}[{{.window}}]))\n          - sum(rate(client_request_duration_seconds${count}`,
  ],
  ['of other requests', bucket, bucket.replace('"checkout"', '"cart"')],
  ['added up', '\n          - sum', '\n          + sum'],
  ['alone', `${count}[{{.window}}]))\n          - sum(rate(client_request_duration_seconds${bucket}`, bucket],
])('finds them %s: that can never fire, or always', (_what, from, to) => {
  expect(specFlaws(lateAnswers, [from, to])).toEqual([
    'slos.1.sli.events.error_query: is not the number of late answers: write it as the rate of …_count{…} - that of …_bucket{…,le="…"} of the same requests',
  ]);
});

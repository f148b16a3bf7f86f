import { expect, test } from 'vitest';
import { type Answer, classify } from './classify.ts';

test.each<[string, Answer, string, string]>([
  ['200', { status: 200 }, 'ok', 'good'],
  ['201', { status: 201 }, 'ok', 'good'],
  ['400 malformed', { status: 400 }, 'refused', 'excluded'],
  ['401', { status: 401 }, 'refused', 'excluded'],
  ['402 card declined', { status: 402 }, 'refused', 'excluded'],
  ['403 a review of what was not bought', { status: 403 }, 'refused', 'excluded'],
  ['404', { status: 404 }, 'refused', 'excluded'],
  ['409 out of stock', { status: 409, problemCode: 'out-of-stock' }, 'refused', 'excluded'],
  [
    '409 same key in flight',
    { status: 409, problemCode: 'idempotency-key-in-flight' },
    'unknown',
    'excluded',
  ],
  ['422', { status: 422 }, 'refused', 'excluded'],
  ['429 shed load', { status: 429 }, 'refused', 'bad'],
  ['a redirect nobody asked for', { status: 302 }, 'refused', 'bad'],
  ['500', { status: 500 }, 'unknown', 'bad'],
  ['503', { status: 503 }, 'unknown', 'bad'],
  ['no answer in time', { transportError: 'timeout' }, 'unknown', 'bad'],
  ['a broken connection', { transportError: 'ECONNRESET' }, 'unknown', 'bad'],
  ['a 201 whose body broke off', { status: 201, transportError: 'closed' }, 'unknown', 'bad'],
  ['cut by the client itself', { transportError: 'client-stopped' }, 'unknown', 'excluded'],
])('%s', (_name, answer, type, sli) => {
  expect(classify(answer)).toEqual({ type, sli });
});

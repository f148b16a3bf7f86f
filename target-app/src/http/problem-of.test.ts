import { expect, it } from 'vitest';
import { classify, DatabaseUnavailable } from '../data/database-errors.ts';
import { DeadlineExceeded } from '../data/deadline.ts';
import { PaymentUnavailable } from '../payment/payment-errors.ts';
import { Problem } from './problem.ts';
import { problemOf } from './problem-of.ts';
import { type ProblemCode, problems } from './problems.ts';

it.each<readonly [ProblemCode, unknown]>([
  ['card-declined', new Problem('card-declined')],
  ['deadline-exceeded', new DeadlineExceeded()],
  ['database-unavailable', new DatabaseUnavailable('deadline')],
  ['busy', new DatabaseUnavailable('busy')],
  ['payment-timeout', new PaymentUnavailable('timeout')],
  ['payment-unavailable', new PaymentUnavailable('connection')],
  ['malformed-json', Object.assign(new Error(), { status: 400, type: 'entity.parse.failed' })],
  ['invalid-request', Object.assign(new Error(), { status: 400 })],
  ['internal', new Error('secret')],
  ['internal', 'thrown text'],
])('%s', (code, error) => {
  const { body } = problemOf(error);
  expect(body).toMatchObject({ code, ...problems[code] });
  expect(JSON.stringify(body)).not.toContain('secret');
});

it.each([
  ['busy', Object.assign(new Error(), { code: '55P03' })],
  ['connection', Object.assign(new Error(), { code: '57P01' })],
  ['connection', Object.assign(new Error(), { code: 'ECONNREFUSED' })],
  ['connection', new Error('Connection terminated unexpectedly')],
  [undefined, Object.assign(new Error(), { code: '23514' })],
])('a failure of the database is %s', (reason, error) => {
  expect(classify(error)).toBe(reason);
});

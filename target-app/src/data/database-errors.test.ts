import { expect, it } from 'vitest';
import { classify, isFatal } from './database-errors.ts';

const said = (code: string, message: string) =>
  Object.assign(new Error(message), { code, severity: 'FATAL' });

it.each([
  ['busy', said('55P03', 'canceling statement due to lock timeout')],
  ['busy', said('40001', 'canceling statement due to conflict with recovery')],
  ['busy', said('08P01', 'query_wait_timeout')],
  ['busy', said('08P01', 'no more connections allowed (max_client_conn)')],
  ['busy', said('23514', 'no partition of relation "customer_order" found for row')],
  ['connection', said('08P01', 'server login has been failing, try again later (server_login_retry)')],
  ['connection', said('08P01', 'pgbouncer cannot connect to server')],
  ['connection', said('25006', 'cannot execute INSERT in a read-only transaction')],
  ['connection', said('57P01', 'terminating connection due to administrator command')],
  ['connection', said('25P03', 'terminating connection due to idle-in-transaction timeout')],
  ['connection', said('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1')],
  ['connection', new Error('Connection terminated unexpectedly')],
  [undefined, said('23514', 'new row violates check constraint "stock_available_not_negative"')],
  [undefined, said('42P01', 'relation "nothing" does not exist')],
  [undefined, new TypeError('x is not a function')],
])('%s: %s', (reason, error) => {
  expect(classify(error)).toBe(reason);
});

it('knows when the other side has hung up', () => {
  expect(isFatal(said('08P01', 'query_wait_timeout'))).toBe(true);
  expect(isFatal(Object.assign(new Error(), { severity: 'ERROR' }))).toBe(false);
});

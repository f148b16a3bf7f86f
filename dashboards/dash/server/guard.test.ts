import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookieName, type Knock, refusalOf } from './guard.ts';

const lock = { token: 'the-token-of-this-start', port: 4711 };
const knock = (change: Partial<Knock>): Knock => ({
  method: 'GET',
  host: '127.0.0.1:4711',
  cookie: undefined,
  token: lock.token,
  site: undefined,
  ...change,
});
const cookie = `other=1; ${cookieName(lock.port)}=${lock.token}`;

describe('lets in', () => {
  it.each([
    ['by the address', {}],
    ['by the address, from a page of somebody else', { site: 'cross-site' }],
    ['by the cookie, from its own page', { token: null, cookie, site: 'same-origin' }],
    ['by the cookie, typed', { token: null, cookie, site: 'none' }],
    ['by the name localhost', { host: 'localhost:4711' }],
  ])('%s', (_, change) => expect(refusalOf(knock(change), lock)).toBeUndefined());
});

describe('refuses', () => {
  it.each([
    ['no token', { token: null }, 403],
    ['an empty token', { token: '' }, 403],
    ['a wrong token beside the right cookie', { token: 'wrong', cookie }, 403],
    ['the cookie of another start', { token: null, cookie: `${cookieName(4711)}=old` }, 403],
    ['the cookie of another port', { token: null, cookie: `${cookieName(4712)}=${lock.token}` }, 403],
    [
      'the page of another port, which sends the cookie, too',
      { token: null, cookie, site: 'same-site' },
      403,
    ],
    ['another site', { token: null, cookie, site: 'cross-site' }, 403],
    ['a name that leads to 127.0.0.1', { host: 'evil.example:4711' }, 421],
    ['another port in the name', { host: '127.0.0.1:80' }, 421],
    ['no name', { host: undefined }, 421],
    ['whatever would change something', { method: 'POST' }, 405],
  ])('%s', (_, change, status) => expect(refusalOf(knock(change), lock)?.status).toBe(status));

  it('every token but its own', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        fc.pre(token !== lock.token);
        expect(refusalOf(knock({ token }), lock)?.status).toBe(403);
      }),
    );
  });
});

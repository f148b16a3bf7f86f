import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiKeys } from './api-keys.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'api-keys-')), 'keys.json');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }));

const ids = (keys: ApiKeys) => keys.readings.map(({ id }) => id);

it('begins with the first key, and has two that are good while one takes the place of the other', () => {
  const keys = ApiKeys.open(path, 'first-key');
  expect(keys.accepts('first-key')).toBe(true);
  expect(keys.accepts('second-key')).toBe(false);
  keys.issue('k2', 'second-key');
  expect([keys.accepts('first-key'), keys.accepts('second-key')]).toEqual([true, true]);
  expect(keys.revoke('first')).toBe('revoked');
  expect([keys.accepts('first-key'), keys.accepts('second-key')]).toEqual([false, true]);
  expect(keys.readings).toMatchObject([{ id: 'k2', requests: 2 }]);
});

it('never revokes the last one, nor one that is not there', () => {
  const keys = ApiKeys.open(path, 'first-key');
  expect(keys.revoke('first')).toBe('last');
  expect(keys.revoke('k9')).toBe('unknown');
  expect(ids(keys)).toEqual(['first']);
});

it('remembers over a restart what is revoked, and keeps no key in the clear', () => {
  const keys = ApiKeys.open(path, 'first-key');
  keys.issue('k2', 'second-key');
  keys.revoke('first');
  const again = ApiKeys.open(path, 'first-key');
  expect(again.accepts('first-key')).toBe(false);
  expect(again.accepts('second-key')).toBe(true);
  expect(readFileSync(path, 'utf8')).not.toContain('second-key');
});

it('expires those of now, and not the next one; that is forgotten when it is taken back', () => {
  const keys = ApiKeys.open(path, 'first-key');
  keys.setExpired(true);
  expect(keys.accepts('first-key')).toBe(false);
  expect(keys.expiry).toEqual({ expired: 1, refused: 1 });
  keys.issue('k2', 'second-key');
  expect(keys.accepts('second-key')).toBe(true);
  keys.setExpired(false);
  expect(keys.accepts('first-key')).toBe(true);
  expect(keys.expiry).toEqual({ expired: 0, refused: 0 });
});

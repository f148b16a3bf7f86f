import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { giveHaltOrder, haltOrder, liftHaltOrder, refuseWhileHalted } from './halt-order.ts';
import { statusText } from './status-text.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'firedrill-halt-'));
  vi.stubEnv('XDG_STATE_HOME', state);
  vi.stubEnv('FIREDRILL_LAB_SCOPE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(state, { recursive: true });
});

const file = (name: string): string => join(state, 'firedrill', name);

test('an order says who, when and why until it is lifted, and is for this user alone', () => {
  expect(haltOrder()).toBe(undefined);
  const order = giveHaltOrder('the real shop is down');
  expect(haltOrder()).toEqual(order);
  expect(order).toMatchObject({ reason: 'the real shop is down', by: expect.stringMatching(/^.+@.+$/) });
  expect(Math.abs(Date.now() - Date.parse(order.at))).toBeLessThan(60_000);
  expect(statSync(file('halt.json')).mode & 0o077).toBe(0);
  expect(readdirSync(join(state, 'firedrill'))).toEqual(['halt.json']);
  expect(liftHaltOrder()).toEqual(order);
  expect(haltOrder()).toBe(undefined);
  expect(liftHaltOrder()).toBe(undefined);
});

test('a second order changes nothing: the first reason counts', () => {
  const first = giveHaltOrder('first');
  expect(giveHaltOrder('second')).toEqual(first);
});

test('a new run is refused with who, why and what lifts it', () => {
  refuseWhileHalted();
  giveHaltOrder('the real shop is down');
  expect(refuseWhileHalted).toThrow(
    expect.objectContaining({
      code: 'halted',
      exitCode: 69,
      message: expect.stringMatching(/^halted by .+: the real shop is down$/),
      fix: '`pnpm chaos resume` lifts it',
    }),
  );
});

test.each(['', '{"reason":', 'null'])('an order that cannot be read stands: %j', (text) => {
  giveHaltOrder('x');
  writeFileSync(file('halt.json'), text);
  expect(refuseWhileHalted).toThrow(/cannot be read/);
  liftHaltOrder();
  refuseWhileHalted();
});

test("a scope's order is for the scope, the user's for every scope", () => {
  vi.stubEnv('FIREDRILL_LAB_SCOPE', 'test-1');
  giveHaltOrder('this scope');
  expect(haltOrder()).toMatchObject({ reason: 'this scope' });
  vi.stubEnv('FIREDRILL_LAB_SCOPE', 'test-2');
  expect(haltOrder()).toBe(undefined);
  vi.stubEnv('FIREDRILL_LAB_SCOPE', undefined);
  expect(haltOrder()).toBe(undefined);
  giveHaltOrder('everything');
  vi.stubEnv('FIREDRILL_LAB_SCOPE', 'test-2');
  expect(haltOrder()).toMatchObject({ reason: 'everything' });
  expect(liftHaltOrder()).toBe(undefined);
  expect(existsSync(file('halt.json'))).toBe(true);
});

test('the status names the order and every run', () => {
  expect(statusText({ halted: null, runs: [] })).toBe('not halted\nno run is under way');
  const halted = { reason: 'why', by: 'me@here', at: '2026-11-28T00:00:00.000Z' };
  const run = {
    run: 'r1',
    level: 2,
    checkout: '/c',
    runner: 'hangs',
    guardian: 'runs',
    effects: 3,
  } as const;
  expect(statusText({ halted, runs: [run] })).toBe(
    'halted by me@here at 2026-11-28T00:00:00.000Z: why; `pnpm chaos resume` lifts it\nr1  level 2, /c: runner hangs, guardian runs, 3 effects in',
  );
});

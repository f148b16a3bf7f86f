import { expect, test } from 'vitest';
import { Stop } from './stop.ts';

const stopAt = (): { readonly stop: Stop; at(ms: number): Stop } => {
  let nowMs = 0;
  const stop = new Stop(() => nowMs);
  return {
    stop,
    at(ms) {
      nowMs = ms;
      return stop;
    },
  };
};

test('the first reason counts', () => {
  const { stop } = stopAt();
  stop.ask('over the budget');
  stop.interrupt('got SIGINT');
  expect(stop.reason).toBe('over the budget');
  expect(stop.signal.aborted).toBe(true);
});

test('a guard that asks every second hurries nobody', () => {
  const { stop, at } = stopAt();
  for (let ms = 0; ms < 10_000; ms += 1000) at(ms).ask('over the budget');
  expect(stop.hurried).toBe(false);
});

test('one Ctrl-C that arrives twice, from the terminal and from npx, is one', () => {
  const { stop, at } = stopAt();
  at(100).interrupt('got SIGINT');
  at(140).interrupt('got SIGINT');
  at(599).interrupt('got SIGTERM');
  expect(stop.reason).toBe('got SIGINT');
  expect(stop.hurried).toBe(false);
});

test('a second Ctrl-C means now', () => {
  const { stop, at } = stopAt();
  at(100).interrupt('got SIGINT');
  at(600).interrupt('got SIGINT');
  expect(stop.hurried).toBe(true);
});

test('the first Ctrl-C after a guard asked is no second one', () => {
  const { stop, at } = stopAt();
  at(0).ask('over the budget');
  at(5000).interrupt('got SIGINT');
  expect(stop.hurried).toBe(false);
});

import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LeverWatch } from './lever-watch.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-lever-watch-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const at = '2026-11-29T03:00:00.000Z';
const pull = (lever: object, state: string, text = state): void =>
  appendFileSync(join(home, 'levers.jsonl'), `${JSON.stringify({ ...lever, at, state, text })}\n`);
const fallback = { lever: 'payment-fallback', to: 'on' };
const restart = { lever: 'restart', node: 'pg-1' };

it('hears of every lever from now on, once, and tells the run of it', () => {
  pull(restart, 'done', 'an earlier one');
  const watch = new LeverWatch(home);
  expect(watch.look()).toEqual([]);
  pull(fallback, 'begun');
  pull(restart, 'begun');
  pull(restart, 'refused');
  const notes: string[] = [];
  const noteLever = (lever: object) => (state: string) =>
    void notes.push(`${JSON.stringify(lever)} ${state}`);
  expect(watch.look(noteLever).map((entry) => 'words' in entry && `${entry.words} ${entry.state}`)).toEqual([
    'payment-fallback on begun',
    'restart pg-1 begun',
    'restart pg-1 refused',
  ]);
  pull(fallback, 'done');
  expect(watch.look(noteLever)).toHaveLength(1);
  expect(notes).toEqual([
    `${JSON.stringify(fallback)} begun`,
    `${JSON.stringify(restart)} begun`,
    `${JSON.stringify(restart)} failed`,
    `${JSON.stringify(fallback)} done`,
  ]);
});

it('takes back what was done, the latest first, and nothing that was refused', () => {
  const watch = new LeverWatch(home);
  for (const lever of [fallback, { lever: 'drain', node: 'api-1' }, restart]) pull(lever, 'done');
  pull({ lever: 'read-only', to: 'on' }, 'refused');
  watch.look();
  expect(watch.undos).toEqual([
    { lever: 'undrain', node: 'api-1' },
    { lever: 'payment-fallback', to: 'off' },
  ]);
});

import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endOf, leverLog, readLeverPulls } from './lever-log.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-levers-'));
});
afterEach(() => rmSync(home, { recursive: true }));

it('tells of every lever from its begin to its end; a line that is being written is left for later', () => {
  expect(readLeverPulls(home)).toEqual([]);
  leverLog(home, { lever: 'restart', node: 'api-1' })('begun', 'begins');
  leverLog(home, { lever: 'read-only', to: 'on' })('done', 'read-only is on');
  appendFileSync(join(home, 'levers.jsonl'), '{"lever":"roll');
  expect(readLeverPulls(home)).toMatchObject([
    { lever: 'restart', node: 'api-1', state: 'begun' },
    { lever: 'read-only', to: 'on', state: 'done', text: 'read-only is on' },
  ]);
});

it('tells what was refused from what failed, and a lab that is gone stops no lever', () => {
  expect(endOf(new FiredrillError('lever-refused', 'no'))).toBe('refused');
  expect(endOf(new FiredrillError('control-failed', 'no'))).toBe('failed');
  expect(endOf(new Error('no'))).toBe('failed');
  expect(() => leverLog(join(home, 'gone'), { lever: 'rollback' })('begun', 'begins')).not.toThrow();
});

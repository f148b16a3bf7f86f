import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoOf } from '@firedrill/lab/control';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IntentLog } from './intent-log.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'firedrill-intents-')), 'guardian', 'intents.jsonl');
});
afterEach(() => rmSync(join(path, '..', '..'), { recursive: true }));

const action = { kind: 'edge-disable', edge: 'a:b' } as const;
const intent = { epoch: 1, run: 'r', fault: 'refuse', action, undo: undoOf(action) };

test('what was intended and not healed is open for whoever comes next', () => {
  const log = new IntentLog(path);
  log.begin('r');
  const first = log.intend(intent);
  log.intend(intent);
  log.healed(first);
  log.close();
  const next = new IntentLog(path);
  expect(next.open).toEqual([expect.objectContaining({ seq: 1, ...intent })]);
  expect(next.intend(intent).seq).toBe(2);
  next.close();
});

test('every run has a higher epoch than all before it, after a crash too', () => {
  const log = new IntentLog(path);
  expect(log.begin('r')).toBe(1);
  log.close();
  appendFileSync(path, '{"kind":"intent","seq":0,"torn');
  const next = new IntentLog(path);
  expect(next.begin('s')).toBe(2);
  expect(next.open).toEqual([]);
  next.close();
  const last = new IntentLog(path);
  expect(last.begin('t')).toBe(3);
  last.close();
});

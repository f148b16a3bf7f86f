import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changedFiles, digestTree } from './tree-digest.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-digest-'));
  mkdirSync(join(root, 'generated/deep'), { recursive: true });
  writeFileSync(join(root, 'generated/same.json'), '{}');
  writeFileSync(join(root, 'generated/deep/edited.json'), '1');
  writeFileSync(join(root, 'generated/gone.json'), '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('tells an edited, an added and a removed file from an untouched one', () => {
  const before = digestTree(root, ['generated', 'not-there.json']);
  writeFileSync(join(root, 'generated/deep/edited.json'), '2');
  writeFileSync(join(root, 'generated/new.json'), '');
  rmSync(join(root, 'generated/gone.json'));
  const after = digestTree(root, ['generated', 'not-there.json']);
  expect(changedFiles(before, after)).toEqual([
    'generated/deep/edited.json',
    'generated/gone.json',
    'generated/new.json',
  ]);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { $ } from 'zx';
import { notAsRoot, setprivWords } from './not-as-root.ts';

it('leaves the commands of an ordinary user alone', async () => {
  expect(await notAsRoot(1000)).toEqual([]);
});

describe.skipIf(userInfo().uid !== 0)('as root', () => {
  it.each([
    ['what was chosen here', () => notAsRoot()],
    ['the way without user namespaces', async () => setprivWords],
  ])('%s runs as somebody else, who can write into a private folder', async (_name, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'firedrill-root-'));
    try {
      const output = await $({
        quiet: true,
        cwd: folder,
      })`${await words()} sh -c ${'id -u && touch file && ls'}`;
      expect(output.lines()).toEqual(['65534', 'file']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
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
  ])('%s makes a PostgreSQL in a private folder', async (_name, words) => {
    const postgres = (await provision(['postgres'])).get('postgres');
    const cwd = mkdtempSync(join(tmpdir(), 'firedrill-root-'));
    try {
      const shell = $({ quiet: true, cwd });
      expect((await shell`${await words()} id -u`).text().trim()).toBe('65534');
      await shell`${await words()} ${postgres?.bin('initdb')} --pgdata data --no-sync`;
      const version = await shell`${await words()} cat data/PG_VERSION`;
      expect(version.text().trim()).toBe('18');
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});

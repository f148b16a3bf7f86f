import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readDivergences } from './divergence.ts';
import { listDivergence } from './list-divergence.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-rewind-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** Stand-ins for PostgreSQL's programs, of a server that was shut down: only where two histories part would they be needed. */
function programs(rewind: string): string {
  const scripts = { pg_controldata: 'echo "Database cluster state:  shut down"', pg_rewind: rewind };
  for (const [name, lines] of Object.entries(scripts)) {
    writeFileSync(join(home, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(home, name), 0o755);
  }
  return home;
}

/** As Patroni calls it, by the script in pg_rewind's place. */
function rewound(folder: string) {
  const main = join(import.meta.dirname, 'rewind-main.ts');
  const own = ['-D', join(home, 'data'), '--source-server', 'host=127.0.0.1'];
  return spawnSync(process.execPath, [main, 'pg-1', join(home, 'pg-1'), folder, 'shop', ...own]);
}

it('rewinds with what it was told and syncs nothing: a server that recovers syncs all of it at its start', () => {
  const said = join(home, 'said');
  const folder = programs(
    `case "$*" in *--dry-run*) echo "no rewind required";; *) echo "$@" >${said};; esac`,
  );
  expect(rewound(folder).status).toBe(0);
  expect(readFileSync(said, 'utf8')).toBe(
    `--no-sync -D ${join(home, 'data')} --source-server host=127.0.0.1\n`,
  );
});

it('ends as pg_rewind does, and keeps that it could not tell what is thrown away', () => {
  expect(rewound(programs('echo broken; exit 3')).status).toBe(3);
  expect(readDivergences(home)).toMatchObject([{ node: 'pg-1', problem: expect.stringMatching(/broken/) }]);
});

it('lists no longer than it may, for somebody waits for the server: a source can take a connection and say nothing', async () => {
  const from = performance.now();
  const listed = await listDivergence({
    node: 'pg-1',
    programs: programs('exec sleep 60'),
    asUser: [],
    data: join(home, 'data'),
    source: 'host=127.0.0.1',
    database: 'shop',
    withinMs: 1_500,
  });
  expect(performance.now() - from).toBeLessThan(30_000);
  expect(listed).toMatchObject({ problem: 'not all could be read within 1.5 s', commits: [] });
});

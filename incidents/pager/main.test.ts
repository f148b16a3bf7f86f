import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { at, lab, numbered, page, told } from '../testing/told.ts';
import { storePath } from './database.ts';
import { Pager } from './pager.ts';

let folder: string;
let child: ChildProcess;
let base: string;

/** Two incidents: one of 40 s, then one that pages on. */
const notifications = numbered([
  ...page('CheckoutAvailability', 0, 40),
  told('firing', 'page', 'BrowseLatency', 100),
]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-pager-'));
  const journal = join(folder, `${lab}.jsonl`);
  writeFileSync(journal, notifications.map((one) => `${JSON.stringify(one)}\n`).join(''));
  child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      ...process.env,
      RECEIVER_PORT: '0',
      RECEIVER_TOKEN: 'a-token-of-the-test-only',
      RECEIVER_JOURNAL: journal,
      RECEIVER_FIRST_HEARTBEAT_SECONDS: '600',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  base = `http://127.0.0.1:${/:(\d+)/.exec(line.toString())![1]}`;
});
afterEach(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(folder, { recursive: true });
});

const metrics = async (): Promise<string> => (await fetch(`${base}/metrics`)).text();
const paging = '20261123-090140-l1';
const act = (work: (pager: Pager) => void, now: string): void => {
  const pager = Pager.open(folder, () => new Date(now));
  pager.refresh();
  work(pager);
  pager.close();
};

it('the pager of a lab is its receiver, and tells what became of the incidents and how soon', async () => {
  expect((await fetch(`${base}/readyz`)).status).toBe(200);
  const untouched = await metrics();
  expect(untouched).toContain('receiver_notifications 3\n');
  expect(untouched).toContain('pager_incidents{status="open"} 1\n');
  expect(untouched).toContain('pager_incidents{status="resolved"} 1\n');
  expect(untouched).toContain('pager_acknowledge_seconds_count 0\n');
  expect(untouched).toContain('pager_recover_seconds_sum 40\n');
  expect(untouched).toContain('pager_recover_seconds_count 1\n');

  // 30 s after it opened, by another process' command; another act of it later changes nothing of how soon.
  act((pager) => pager.act(paging, { kind: 'acknowledge' }, { by: 'ana' }), at(130));
  act((pager) => pager.act(paging, { kind: 'escalate' }, { by: 'ana' }), at(180));
  const acted = await metrics();
  expect(acted).toContain('pager_acknowledge_seconds_sum 30\n');
  expect(acted).toContain('pager_acknowledge_seconds_count 1\n');
  expect(acted).toContain('pager_incidents{status="open"} 1\n');
});

it('a store that cannot be read costs no page: what is in it is left out', async () => {
  writeFileSync(storePath(folder), 'no database');
  const text = await metrics();
  expect(text).toContain('pager_acknowledge_seconds_count 0\n');
  expect(text).toContain('pager_incidents{status="open"} 1\n');
});

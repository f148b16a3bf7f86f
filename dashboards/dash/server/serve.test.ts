import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PastRun, Snapshot } from '../sight.ts';
import { type Dash, serveDash } from './serve.ts';

const run = '20261129-101146-partition-primary-l4-s1';
let folder: string;
let dash: Dash;
beforeAll(async () => {
  // A scope in which nobody starts a lab.
  vi.stubEnv('FIREDRILL_LAB_SCOPE', 'dash-unit');
  folder = mkdtempSync(join(tmpdir(), 'firedrill-dash-'));
  const runs = join(folder, 'runs');
  mkdirSync(join(runs, run), { recursive: true });
  writeFileSync(join(runs, run, 'journal.jsonl'), '');
  writeFileSync(join(folder, 'secret'), 'nobody may read this');
  writeFileSync(join(folder, 'report.html'), 'nor this');
  dash = await serveDash({ level: 4, port: 0, runs });
});
afterAll(async () => {
  await dash.close();
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Not by fetch: it would tidy the path up before it is sent. */
const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: dash.port, path, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

const cookie = async (): Promise<Readonly<Record<string, string>>> => {
  const { headers } = await get(`/${new URL(dash.url).search}`);
  return { cookie: String(headers['set-cookie']).split(';')[0]! };
};

describe('the way in', () => {
  it('is the printed address, and a cookie from then on', async () => {
    const { status, headers, text } = await get(`/?${new URL(dash.url).searchParams}`);
    expect(status).toBe(200);
    expect(text).toContain('<script type="module" src="/page/main.ts">');
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/; HttpOnly; SameSite=Strict; Path=\/$/)]);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self' 'sha256-/);
    expect((await get('/api/snapshot', await cookie())).status).toBe(200);
  });

  it.each(['/', '/api/snapshot', '/page/main.ts', `/runs/${run}/report.html`, '/?token=wrong'])(
    'is closed without the token: %s',
    async (path) => {
      const { status, headers, text } = await get(path);
      expect(status).toBe(403);
      expect(text).toContain('wrong token');
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  it('says it to people as a page', async () => {
    const { status, text } = await get('/?token=wrong', { accept: 'text/html' });
    expect(status).toBe(403);
    expect(text).toMatch(/<p>wrong token: open the address that `pnpm dash` printed/);
  });

  it('is not by another name', async () => {
    expect((await get('/', { ...(await cookie()), host: `evil.example:${dash.port}` })).status).toBe(421);
  });
});

describe('a level without a lab', () => {
  it('is said, and nothing is made up', async () => {
    const { text } = await get('/api/snapshot', await cookie());
    const { lab, slos, run: underWay } = JSON.parse(text) as Snapshot;
    expect(lab).toMatchObject({ state: 'none', heldBy: null });
    expect([slos.value, underWay.value]).toEqual([null, null]);
    const series = await get('/api/series/chaos-run?panels=p0&window=300', await cookie());
    expect(series.status).toBe(503);
    expect(series.text).toContain('no lab of level 4 runs');
  });
});

describe('runs', () => {
  it('are listed, also without a verdict', async () => {
    const listed = JSON.parse((await get('/api/runs', await cookie())).text) as readonly PastRun[];
    expect(listed).toEqual([
      expect.objectContaining({ id: run, experiment: 'partition-primary', level: 4, verdict: 'unfinished' }),
    ]);
  });

  it.each([
    ['no run of this name', 'nope', /There is no run nope.*The latest are: 20261129/s],
    ['one without a report', run, /has no report yet.*pnpm report 20261129/s],
    ['markup in the name', '%3Cscript%3E', /There is no run &lt;script&gt;/],
  ])('%s: said', async (_, id, says) => {
    const { status, text } = await get(`/runs/${id}/report.html`, await cookie());
    expect(status).toBe(404);
    expect(text).toMatch(says);
  });

  it.each([
    '/runs/../secret',
    '/runs/..%2Freport.html',
    '/runs/%2e%2e/report.html',
    '/runs/..%2F..%2Fsecret%00/report.html',
    `/runs/${run}%2F..%2F../report.html`,
    '/page/../cli.ts',
    '/page/%2e%2e/cli.ts',
    '/lib/../../package.json',
    '/runbooks/..%2FREADME',
    '/runbooks/%E0%A4%A',
    '//etc/passwd',
  ])('nothing else of the disk is read: %s', async (path) => {
    const { status, text } = await get(path, await cookie());
    expect([404, 403, 400]).toContain(status);
    expect(text).not.toMatch(/nobody may|nor this|root:/);
  });
});

describe('what the page is made of', () => {
  it('is sent compressed, under 500 kB in all', async () => {
    const { text } = await get('/', await cookie());
    const paths = [...text.matchAll(/(?:src|href)="(\/(?:page|lib)\/[^"]+)"/g)].map(([, path]) => path!);
    expect(new Set(paths).size).toBeGreaterThan(15);
    let bytes = 0;
    for (const path of new Set(paths)) {
      const { status, headers } = await get(path, { ...(await cookie()), 'accept-encoding': 'gzip' });
      expect(status, path).toBe(200);
      expect(headers['content-encoding']).toBe('gzip');
      bytes += Number(headers['content-length']);
    }
    expect(bytes).toBeLessThan(500_000);
  });
});

it('a runbook is a part of the page, its commands for this level', async () => {
  const { status, text } = await get('/runbooks/CheckoutAvailability', await cookie());
  expect(status).toBe(200);
  expect(text).toContain('pnpm lab status --level 4');
  expect(text).toContain('<a href="#runbook/DatabaseNoLeader">');
  expect(text).toMatch(/<h3 id="rotate-the-key"/);
});

it('a port that is taken is refused in one line', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  await expect(serveDash({ level: 1, port, runs: folder })).rejects.toMatchObject({
    code: 'port-taken',
    exitCode: 69,
  });
  await new Promise((resolve) => other.close(resolve));
});

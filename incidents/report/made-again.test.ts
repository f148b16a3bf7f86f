import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { after, fixtureIncident } from '../testing/fixture-incident.ts';
import { labAt } from '../testing/lab-at.ts';
import { type PostIncidentRequest, writePostIncident } from './post-incident.ts';

const queryOfUsers = 'client_requests_total{service="shop-l1",outcome=~"good|bad"}';

let folder: string;
let server: Server;
/** What was asked of the monitoring, in its order. */
let asked: URL[];
/** Of every answer of the monitoring. */
let status: number;
/** What happens before it answers. */
let meanwhile: () => Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-made-again-'));
  [asked, status] = [[], 200];
  meanwhile = async () => {};
  server = createServer((question, answer) => {
    asked.push(new URL(question.url ?? '', 'http://monitoring'));
    const data = { resultType: 'matrix', result: [] };
    void meanwhile().then(() => answer.writeHead(status).end(JSON.stringify({ status: 'success', data })));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

const requestAt = (second: number, change: Partial<PostIncidentRequest> = {}): PostIncidentRequest => {
  // Before the ninetieth second nobody has said that it is over, and its pages have not ended.
  const over = fixtureIncident();
  const { recoveredAt: _, resolved: __, ...rest } = over;
  const incident = second < 90 ? { ...rest, status: 'acknowledged' as const } : over;
  return {
    ...{ incident, ofLab: [incident], run: null, runs: join(folder, 'runs') },
    ...{ folder: join(folder, 'report'), force: false, now: new Date(after(second)) },
    lab: labAt(join(folder, 'lab'), (server.address() as AddressInfo).port),
    ...change,
  };
};
/** Until when Prometheus was asked what users got, s since the epoch. */
const endsAsked = (): readonly number[] =>
  asked
    .filter(({ searchParams }) => searchParams.get('query')?.startsWith(queryOfUsers) === true)
    .map(({ searchParams }) => Number(searchParams.get('time')));
const seconds = (second: number): number => Date.parse(after(second)) / 1000;

describe('a report that is made again while the lab runs', () => {
  it('looks at what came after the draft', async () => {
    await writePostIncident(requestAt(30));
    const ranges = () => asked.filter(({ pathname }) => pathname === '/api/v1/query_range').length;
    const [first, once] = [endsAsked(), ranges()];
    expect(first).toEqual([seconds(30)]);
    await writePostIncident(requestAt(600));
    // The last page ended in the 65th second, and a minute later all windows had emptied.
    expect(endsAsked()).toEqual([seconds(30), seconds(125)]);
    expect(ranges()).toBe(2 * once);
    const piece = await readFile(join(folder, 'report/evidence/prometheus-counted.json'), 'utf8');
    expect(new URL(JSON.parse(piece).request, 'http://x').searchParams.get('time')).toBe(
      seconds(125).toFixed(3),
    );
  });

  it('asks nothing again where the time that is looked at is the same', async () => {
    await writePostIncident(requestAt(600));
    const before = endsAsked();
    await writePostIncident(requestAt(900));
    expect(endsAsked()).toEqual(before);
  });

  it('keeps what the draft was made of where nobody answers any more', async () => {
    await writePostIncident(requestAt(30));
    const path = join(folder, 'report/evidence/prometheus-counted.json');
    // The incident is made up, and so is when it was asked about.
    const kept = (await readFile(path, 'utf8')).replace(/(?<="at": ")[^"]+/, after(30));
    await writeFile(path, kept);
    status = 503;
    const { missing } = await writePostIncident(requestAt(600));
    expect(endsAsked()).toHaveLength(2);
    expect(missing.join()).toMatch(/what users got after 02:01:39\S* UTC: nobody could ask Prometheus since/);
    expect(await readFile(path, 'utf8')).toBe(kept);
    // It is asked for when the report is made again.
    status = 200;
    await writePostIncident(requestAt(600));
    expect(await readFile(path, 'utf8')).not.toBe(kept);
  });
});

describe('what somebody saves while the report is being made again', () => {
  const save = async (): Promise<string> => {
    const path = join(folder, 'report/report.md');
    const text = (await readFile(path, 'utf8')).replace(
      /(?<=<!-- yours: lucky \(\w+\) -->)/,
      '\n\nIt was noon.\n',
    );
    await writeFile(path, text);
    return text;
  };

  it.each([false, true])('is not overwritten, with --force %s', async (force) => {
    await writePostIncident(requestAt(30));
    let saved: Promise<string> | undefined;
    meanwhile = async () => {
      saved ??= save();
      await saved;
    };
    await expect(writePostIncident(requestAt(600, { force }))).rejects.toMatchObject({
      code: 'report-edited',
      message: 'somebody saved it while it was being made again',
    });
    expect(await readFile(join(folder, 'report/report.md'), 'utf8')).toBe(await saved);
    meanwhile = async () => {};
    expect((await writePostIncident(requestAt(600, { force }))).kept).toEqual(['lucky']);
  });

  it('is not overwritten where it was not there before', async () => {
    await writePostIncident(requestAt(30));
    const text = await readFile(join(folder, 'report/report.md'), 'utf8');
    await rm(join(folder, 'report'), { recursive: true });
    meanwhile = async () => {
      await mkdir(join(folder, 'report'), { recursive: true });
      await writeFile(join(folder, 'report/report.md'), text);
    };
    await expect(writePostIncident(requestAt(600))).rejects.toMatchObject({ code: 'report-edited' });
  });
});

import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { after, fixtureIncident, fixtureRunId, writeIncidentRun } from '../testing/fixture-incident.ts';
import { labAt } from '../testing/lab-at.ts';
import { type PostIncidentRequest, writePostIncident } from './post-incident.ts';

let root: string;
let request: PostIncidentRequest;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'firedrill-post-incident-'));
  await writeIncidentRun(join(root, 'runs'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

beforeEach(async () => {
  const incident = fixtureIncident();
  const folder = join(root, 'reports', incident.id);
  await rm(folder, { recursive: true, force: true });
  request = {
    incident,
    ofLab: [incident],
    run: fixtureRunId,
    runs: join(root, 'runs'),
    lab: undefined,
    folder,
    force: false,
    now: new Date('2026-11-23T03:00:00.000Z'),
  };
});

const read = (name = 'report.md'): Promise<string> => readFile(join(request.folder, name), 'utf8');
async function edit(from: RegExp | string, to: string): Promise<string> {
  const text = await read();
  const edited = text.replace(from, () => to);
  expect(edited).not.toBe(text);
  await writeFile(join(request.folder, 'report.md'), edited);
  return edited;
}

/** How many lines the timeline has; each must be in its turn, and lead to a file, and a line of it, that are there. */
async function timelineRows(): Promise<number> {
  const timeline = /## Timeline \(UTC\)\n\n2026-11-23\.\n\n([\s\S]*?)\n\n## /.exec(await read())?.[1] ?? '';
  const rows = timeline.split('\n').slice(2);
  const times = rows.map((row) => row.split(' | ')[0]);
  expect(times).toEqual(times.toSorted());
  for (const row of rows) {
    const [, path = '', line] = /\]\(([^)#]+)(?:#L(\d+))?\) \|$/.exec(row) ?? [];
    const lines = (await readFile(resolve(request.folder, decodeURIComponent(path)), 'utf8')).split('\n');
    if (line !== undefined) expect(JSON.parse(lines[Number(line) - 1] ?? '')).toHaveProperty('type');
  }
  return rows.length;
}

describe('the report of an incident that a run caused', () => {
  it('says what happened, to whom, and when somebody knew, in exact figures', async () => {
    expect(await writePostIncident(request)).toMatchObject({ run: fixtureRunId, kept: [] });
    const text = await read();
    for (const heading of [
      'Summary',
      'Impact',
      'Lead-up',
      'Trigger',
      'Detection',
      'Response',
      'Mitigation',
      'Recovery',
      'Timeline \\(UTC\\)',
      'What it looked like',
      'Error budget',
      'Orders and money',
      'Logs around the break',
      'Traces around the break',
      'Contributing factors',
      'What went well',
      'What went badly',
      'Where we were lucky',
      'Action items',
      'What is not known',
      'Evidence',
    ]) {
      expect(text).toMatch(new RegExp(`^## ${heading}$`, 'm'));
    }
    expect(text).toContain('# BrowseAvailability: The API loses its database');
    expect(text).toMatch(/^\| `20261123-020115-l1` \| resolved \| 1 \|/m);
    expect(text).toMatch(/^\*\*SEV1\*\* \*\(proposed: 94\.9 % of the requests failed while it lasted\)\*$/m);
    expect(text).toContain('Incident commander: ana');
    expect(text).toContain('Acknowledged 11.98 s after it rang, by ana.');
    expect(text).toMatch(/\| \*\*all\*\* \| (\d+) \| (\d+) \|/);
    expect(text).toMatch(/\| page CheckoutAvailability \|/);
  });

  it('counts as failed exactly the requests of the ledger that failed in that time', async () => {
    await writePostIncident(request);
    const ledger = await readFile(join(root, 'runs', fixtureRunId, 'ledger.jsonl'), 'utf8');
    const failed = ledger.split('\n').filter((line) => line.includes('"sli":"bad"')).length;
    const [, counted] = /\| \*\*all\*\* \| [\d,]+ \| ([\d,]+) \|/.exec(await read()) ?? [];
    expect(Number(counted)).toBe(failed);
  });

  it('charges each SLO with exactly those that failed, and the 30 days with their share', async () => {
    await writePostIncident(request);
    const text = await read();
    const bad = (slo: string): number =>
      Number(new RegExp(`^\\| \`${slo}\` \\| [^|]+ \\| [^|]+ \\| ([\\d,]+) \\|`, 'm').exec(text)?.[1]);
    const failed = (operation: string): number =>
      Number(new RegExp(`^\\| ${operation} \\| [^|]+ \\| ([\\d,]+) \\|`, 'm').exec(text)?.[1]);
    expect(bad('checkout-availability')).toBe(failed('checkout'));
    const browsing = ['browse', 'search', 'product'];
    expect(bad('browse-availability')).toBe(browsing.reduce((sum, one) => sum + failed(one), 0));
    expect(bad('checkout-latency') + bad('browse-latency')).toBe(0);
    // 65 of the 1 % of 2 checkouts a second that 30 days may lose.
    expect(text).toMatch(
      /^\| `checkout-availability` \| 99\.0 % \| 66 \| 65 \| 32\.50 s \| 0\.125 % \| 65 \|$/m,
    );
  });

  it('links each line of the timeline to a file that is there', async () => {
    await writePostIncident(request);
    expect(await timelineRows()).toBeGreaterThan(10);
  });

  it('is a page with its drawings in it, and no mark', async () => {
    await writePostIncident(request);
    const html = await read('report.html');
    expect(html.match(/<svg /g)).toHaveLength(5);
    expect(html).toContain('fill="var(--fault)"');
    expect(html).not.toContain('yours:');
    expect((await readdir(join(request.folder, 'plots'))).length).toBe(5);
  });

  it('is made again byte for byte', async () => {
    await writePostIncident(request);
    const before = [await read(), await read('report.html')];
    await writePostIncident({ ...request, now: new Date('2027-01-01T00:00:00.000Z') });
    expect([await read(), await read('report.html')]).toEqual(before);
  });

  it('names an alert that nobody got, and asks for somebody who finds out why', async () => {
    const incident = fixtureIncident();
    const deaf = join(root, 'deaf');
    await writeIncidentRun(deaf, ({ alert }) => alert !== 'CheckoutAvailability');
    await writePostIncident({ ...request, incident, runs: deaf });
    expect(await read()).toContain('**missing** page CheckoutAvailability: it fired at Prometheus');
    expect(await read()).toMatch(
      /\| Find out why page CheckoutAvailability did not come .* \| detect \| ana \| 2026-11-30 \| \*\(proposed\)\* \|/,
    );
  });
});

describe('what people wrote', () => {
  it('stays when the report is made again, and the rest is new', async () => {
    await writePostIncident(request);
    await edit(
      /(?<=<!-- yours: summary \(\w+\) -->)[\s\S]*?(?=<!-- \/yours: summary)/,
      '\n\nThe **database** was away.\n\n![the whiteboard](whiteboard.png)\n\n',
    );
    await edit(/\| Mend what broke[^\n]*/, '| Two databases | prevent | bob | 2027-01-15 | |');
    // Somebody wrote a note since: the timeline grows.
    const later = fixtureIncident((acts) => [
      ...acts,
      { ...acts[0]!, revision: 4, at: after(600), kind: 'note', text: 'it was the switch', after: 4 },
    ]);
    const made = await writePostIncident({ ...request, incident: later });
    expect(made.kept).toEqual(['summary', 'action-items']);
    const text = await read();
    expect(text).toContain('The **database** was away.');
    expect(text).toContain('| Two databases | prevent | bob | 2027-01-15 | |');
    expect(text).toContain('noted: it was the switch');
    const html = await read('report.html');
    expect(html).toContain('The <strong>database</strong> was away.');
    expect(html).toContain('<img src="whiteboard.png" alt="the whiteboard">');
    // And again, and again.
    expect((await writePostIncident({ ...request, incident: later })).kept).toEqual([
      'summary',
      'action-items',
    ]);
    expect(await read()).toBe(text);
  });

  it.each([
    ['a damaged mark', '<!-- /yours: summary -->', '<!-- /yours summary -->', /a mark .* cannot be read/],
    ['a mark that is gone', '<!-- /yours: roles -->\n', '', /the part roles has no end/],
    ['a change outside of the marks', '## Impact', '## Impact, as we see it', /changed outside/],
  ])('is not overwritten after %s', async (_what, from, to, said) => {
    await writePostIncident(request);
    const edited = await edit(from, to);
    const page = await read('report.html');
    await expect(writePostIncident(request)).rejects.toThrow(said);
    expect([await read(), await read('report.html')]).toEqual([edited, page]);
  });

  it('is kept beside the new one where that is forced', async () => {
    await writePostIncident(request);
    await edit(/(?<=<!-- yours: lucky \(\w+\) -->)/, '\n\nIt was noon.\n');
    const edited = await edit('## Impact', '## Impact, as we see it');
    expect((await writePostIncident({ ...request, force: true })).kept).toEqual(['lucky']);
    expect(await read('report.md.1.old')).toBe(edited);
    expect(await read()).toContain('It was noon.');
    expect(await read()).toMatch(/^## Impact$/m);
  });
});

describe('an incident that no run caused', () => {
  it('is reported by what the pager knew, and says what nobody knows', async () => {
    const { missing } = await writePostIncident({ ...request, run: null });
    expect(missing).toEqual([
      'what Prometheus, Loki and Jaeger knew: the lab was gone before anybody asked them',
    ]);
    const text = await read();
    expect(text).toContain('none: no experiment caused it');
    expect(text).toContain('What users got was measured by nobody.');
    expect(text).toContain('noted: the database does not answer');
    expect(text).toContain('What was done to the lab is known only as far as somebody noted it');
    expect(text).toContain('Not audited');
    expect(text).toContain('Write an experiment that does the same on purpose');
    expect(text).toMatch(/^\*\*SEV2\*\* \*\(proposed: a page came, and nobody measured what users got\)\*$/m);
    // What is not there is said, and not left out.
    for (const heading of [
      'What it looked like',
      'Error budget',
      'Logs around the break',
      'Traces around the break',
    ])
      expect(text).toMatch(new RegExp(`^## ${heading}$`, 'm'));
    expect(await timelineRows()).toBeGreaterThan(5);
  });
});

describe('an incident that no run caused, whose lab was asked while it was there', () => {
  /** The monitoring of the made-up run, without its journal and its ledger. */
  const keep = () =>
    cp(join(root, 'runs', fixtureRunId, 'evidence'), join(request.folder, 'evidence'), { recursive: true });

  it('counts what users got by the counters, as exactly as the ledger does', async () => {
    await keep();
    const { missing } = await writePostIncident({ ...request, run: null });
    expect(missing).toContain('a ledger of requests and an audit of orders and money: only a run makes them');
    expect(missing.join()).toContain('fetch failed');
    const text = await read();
    const row = (name: string) =>
      new RegExp(`\\| ${name} \\| ([\\d,]+) \\| ([\\d,]+) \\|`).exec(text)?.slice(1);
    const ledger = (await readFile(join(root, 'runs', fixtureRunId, 'ledger.jsonl'), 'utf8')).split('\n');
    const failed = ledger.filter((line) => line.includes('"sli":"bad"')).length;
    expect(Number(row('\\*\\*all\\*\\*')?.[1])).toBe(failed);
    expect(text).toContain('| the first failed request of a user is counted |');
    expect(await timelineRows()).toBeGreaterThan(10);
    expect(text).toMatch(/\| page CheckoutAvailability \| \d.*s \| .* \| 8\.\d\d s \|/);
  });

  it('is not held up by monitoring that does not answer: what it knew is missing, and asked for again', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const began = performance.now();
    const lab = labAt(join(root, 'no-lab'), (silent.address() as AddressInfo).port);
    const { missing } = await writePostIncident({ ...request, run: null, lab });
    // One after the other they would be waited for ten times as long.
    expect(performance.now() - began).toBeLessThan(9000);
    silent.close();
    silent.closeAllConnections();
    expect(missing.join()).toContain('timeout');
    expect(await read()).toContain('Nobody pulled a lever of the lab around it.');
  });

  it('tells which levers were pulled around it, and when, also when the lab is gone', async () => {
    const home = join(root, 'lab');
    await mkdir(home, { recursive: true });
    const pull = (at: string, lever: object, state: string) =>
      JSON.stringify({ ...lever, at, state, text: 'it was so' });
    const log = [
      pull(after(-4000), { lever: 'rollback' }, 'done'),
      pull(after(30), { lever: 'restart', node: 'pg-1' }, 'begun'),
      pull(after(33), { lever: 'restart', node: 'pg-1' }, 'done'),
      pull(after(40), { lever: 'read-only', to: 'on' }, 'failed'),
      pull(after(41), { lever: 'drain', node: 'api-1' }, 'refused'),
    ];
    await writeFile(join(home, 'levers.jsonl'), `${log.join('\n')}\n`);
    await keep();
    await writePostIncident({ ...request, run: null, lab: labAt(home, 1) });
    const text = await read();
    const mitigation = /## Mitigation\n\n([\s\S]*?)\n\n## /.exec(text)?.[1];
    expect(mitigation).toBe(
      '- 02:01:42.000 UTC: `pnpm lab restart pg-1` done, it was so.\n- 02:01:49.000 UTC: `pnpm lab read-only on` failed, it was so.',
    );
    expect(text).toMatch(/^\| 02:01:42\.000 \| `pnpm lab restart pg-1` done \| {2}\| \[levers\]/m);
    await rm(home, { recursive: true });
    await writePostIncident({ ...request, run: null });
    expect(await read()).toContain('`pnpm lab restart pg-1` done, it was so.');
  });

  it('draws them, with the time of the incident shaded', async () => {
    await keep();
    await writePostIncident({ ...request, run: null });
    const svg = await read('plots/requests.svg');
    expect(svg).toContain('fill="var(--fault)"');
    expect(svg).toContain('page delivered');
  });

  it('names a page that the counters ask for, and that nobody got', async () => {
    await keep();
    const { incident } = request;
    const alerts = incident.alerts.filter(({ alert }) => alert === 'BrowseAvailability');
    const deaf = { ...incident, alerts };
    await writePostIncident({ ...request, run: null, incident: deaf, ofLab: [deaf] });
    expect(await read()).toContain('**missing** page CheckoutAvailability: the users’ own requests crossed');
  });
});

describe('bad input', () => {
  it('says that the run of an earlier report is gone, and leaves the report as it is', async () => {
    await writePostIncident(request);
    const before = await read();
    await expect(writePostIncident({ ...request, run: null })).rejects.toMatchObject({
      code: 'run-not-found',
    });
    expect(await read()).toBe(before);
  });

  it('says that a run without a journal cannot be read', async () => {
    await expect(writePostIncident({ ...request, run: 'nothing' })).rejects.toMatchObject({
      code: 'invalid-data',
    });
    await expect(read()).rejects.toThrow('ENOENT');
  });

  it.each(['{"incident": {', '{}'])(
    'does not forget what an earlier report knew where that is torn: %s',
    async (text) => {
      await writePostIncident(request);
      const before = await read();
      const path = join(request.folder, 'evidence', 'incident.json');
      await writeFile(path, text);
      // Without what it kept it would say that no run caused it.
      await expect(writePostIncident({ ...request, run: null })).rejects.toMatchObject({
        code: 'invalid-data',
        where: path,
      });
      expect([await read(), await readFile(path, 'utf8')]).toEqual([before, text]);
    },
  );

  it('keeps what it knew whole or not at all', async () => {
    const evidence = join(request.folder, 'evidence');
    await mkdir(join(evidence, `incident.json.${process.pid}.tmp`), { recursive: true });
    await expect(writePostIncident(request)).rejects.toMatchObject({ code: 'not-writable' });
    await expect(read('evidence/incident.json')).rejects.toThrow('ENOENT');
    await rm(join(evidence, `incident.json.${process.pid}.tmp`), { recursive: true });
    await writePostIncident(request);
    expect(await readdir(evidence)).toEqual(['incident.json']);
  });

  it('says that a folder cannot be written', async () => {
    await writeFile(join(root, 'a-file'), '');
    const folder = join(root, 'a-file', 'x');
    await expect(writePostIncident({ ...request, folder })).rejects.toMatchObject({
      code: 'not-writable',
      where: expect.stringContaining(dirname(folder)) as string,
    });
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixtureRun, writeFixtureRun } from './testing/fixture-run.ts';
import { verdictSchemaFile } from './verdict-json-schema.ts';
import { writeReport } from './write-report.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-report-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const made = ['report.md', 'report.html', 'junit.xml', 'verdict.json'];

async function readAll(): Promise<Record<string, string>> {
  const plots = (await readdir(join(dir, 'plots'))).map((name) => join('plots', name));
  const files = [...made, ...plots].map(
    async (name) => [name, await readFile(join(dir, name), 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

/** Any socket would throw; so would a time zone that shows. */
const noSockets = `data:text/javascript,import net from 'node:net';net.Socket.prototype.connect=()=>{throw new Error('a socket')};globalThis.fetch=undefined`;

function reportIn(env: Record<string, string>): Promise<unknown> {
  const script = `import { writeReport } from ${JSON.stringify(new URL('write-report.ts', import.meta.url).href)}; await writeReport(${JSON.stringify(dir)});`;
  return promisify(execFile)(
    process.execPath,
    ['--import', noSockets, '--input-type=module', '--eval', script],
    {
      env: { PATH: process.env['PATH'], ...env },
    },
  );
}

/** A start or end tag of XML whose attributes are all properly quoted. */
const wellFormedTag = /^<\/?[\w:]+(\s+[\w:-]+="[^"<]*")*\s*\/?>$/;

describe('a report', () => {
  it('has plots that stand alone as files: well-formed SVG', async () => {
    await writeFixtureRun(dir, fixtureRun());
    await writeReport(dir);
    const plots = Object.entries(await readAll()).filter(([name]) => name.endsWith('.svg'));
    expect(plots.length).toBeGreaterThan(3);
    for (const [name, svg] of plots) {
      const bad = [...svg.matchAll(/<[^>]*>/g)].map(([tag]) => tag).filter((tag) => !wellFormedTag.test(tag));
      expect(bad, name).toEqual([]);
    }
  });

  it('is made again byte for byte, in other processes, time zones and locales, without a socket', async () => {
    await writeFixtureRun(dir, fixtureRun());
    await writeReport(dir);
    const first = await readAll();
    expect(Object.keys(first)).toContain(join('plots', 'burn-rate.svg'));
    for (const env of [
      { TZ: 'Pacific/Apia', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
      { TZ: 'America/St_Johns', LANG: 'C' },
    ]) {
      await rm(join(dir, 'plots'), { recursive: true });
      for (const name of made) await rm(join(dir, name));
      await reportIn(env);
      expect(await readAll()).toEqual(first);
    }
  }, 120_000);

  it('says what happened, by whom it was felt, when it was seen, and what it cost', async () => {
    await writeFixtureRun(dir, fixtureRun());
    await writeReport(dir);
    const markdown = await readFile(join(dir, 'report.md'), 'utf8');
    expect(markdown).toMatch(
      /^# partition-primary: \*\*pass\*\*\n\nThe API loses its database, for 30.00 s: /,
    );
    expect(markdown).toContain('| 9.14 s |');
    expect(markdown).toContain('9.31 s | 20.00 s |');
    expect(markdown).toContain('[CheckoutAvailability](../../runbooks/CheckoutAvailability.md)');
    expect(markdown).toContain('chaos partition-primary --level 1 --seed 7 --clock drill');
    expect(markdown).toContain('**missing**: fetch failed');
    for (const heading of [
      'What was done',
      'What users felt',
      'Detection',
      'Error budget',
      'In production',
      'Orders and money',
    ]) {
      expect(markdown).toContain(`\n## ${heading}\n`);
    }
  });

  it('has a page that needs no other file, with every drawing in it', async () => {
    await writeFixtureRun(dir, fixtureRun());
    await writeReport(dir);
    const html = await readFile(join(dir, 'report.html'), 'utf8');
    expect(html.match(/<svg /g)).toHaveLength(5);
    expect(html).not.toMatch(/<(img|script|link)\b|url\(['"]?http/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shades each fault in the one colour that means a fault, and marks the page', async () => {
    await writeFixtureRun(dir, fixtureRun());
    await writeReport(dir);
    for (const name of ['requests', 'error-ratio', 'latency', 'burn-rate', 'budget']) {
      const svg = await readFile(join(dir, 'plots', `${name}.svg`), 'utf8');
      expect(svg, name).toContain('fill="var(--fault)"');
      expect(svg, name).toContain('page delivered</text>');
      expect(svg, name).toContain('prefers-color-scheme:dark');
    }
  });

  it('has a verdict.json that its committed schema accepts', async () => {
    await writeFixtureRun(dir, fixtureRun());
    await writeReport(dir);
    const validate = new Ajv2020().compile(JSON.parse(await readFile(verdictSchemaFile, 'utf8')) as object);
    const verdict: unknown = JSON.parse(await readFile(join(dir, 'verdict.json'), 'utf8'));
    validate(verdict);
    expect(validate.errors).toBeNull();
  });

  it('is still made when nearly everything is missing, and says so', async () => {
    const run = fixtureRun();
    await writeFixtureRun(dir, { ...run, journal: run.journal.slice(0, 2), ledger: [], evidence: [] });
    await writeFile(join(dir, 'ledger.jsonl'), 'torn');
    const verdict = await writeReport(dir);
    expect(verdict.verdict).toBe('inconclusive');
    expect(await readFile(join(dir, 'report.html'), 'utf8')).toContain('nothing to draw');
  });

  it('writes the words of others as words', async () => {
    const run = fixtureRun();
    const hostile = '<b>|`x`](y) & "q"\u0007';
    const journal = run.journal.map((event) =>
      event.type === 'planned'
        ? { ...event, plan: { ...event.plan, title: hostile, hypothesis: hostile } }
        : event.type === 'witness' && event.reading.stage === 'during'
          ? { ...event, reading: { ...event.reading, target: hostile, outcomes: { answered: 1 } } }
          : event,
    );
    await writeFixtureRun(dir, { ...run, journal });
    await writeReport(dir);
    expect(await readFile(join(dir, 'report.html'), 'utf8')).not.toContain('<b>');
    const junit = await readFile(join(dir, 'junit.xml'), 'utf8');
    expect(junit).not.toContain('<b>');
    expect(junit).not.toContain('\u0007');
  });
});

describe('junit.xml', () => {
  it('counts failed checks as failures and inconclusive ones as errors', async () => {
    const run = fixtureRun({ spoilBooks: ({ audit }) => audit.orders.splice(0, 1) });
    await writeFixtureRun(dir, { ...run, journal: run.journal.filter((event) => event.type !== 'watchdog') });
    const verdict = await writeReport(dir);
    const junit = await readFile(join(dir, 'junit.xml'), 'utf8');
    const of = (kind: string) => verdict.checks.filter((check) => check.verdict === kind).length;
    expect(of('fail')).toBeGreaterThan(0);
    expect(junit).toContain(
      `tests="${verdict.checks.length}" failures="${of('fail')}" errors="${of('inconclusive')}"`,
    );
    expect(junit.match(/<failure /g)).toHaveLength(of('fail'));
    expect(junit.match(/<error /g)).toHaveLength(of('inconclusive'));
  });
});

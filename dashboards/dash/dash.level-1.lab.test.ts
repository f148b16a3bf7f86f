import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabState, labDown } from '@firedrill/lab';
import { thisCheckout } from '@firedrill/lab/control';
import { sharedLab } from '@firedrill/lab/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { views } from './page/route.ts';
import { browserPath, openBrowser } from './testing/browser.ts';
import { type DashProcess, startCommand, startDash } from './testing/dash-process.ts';
import { bundleKilobytes, openedPage } from './testing/opened-page.ts';

const chromium = browserPath();
/** The pictures of README and docs/dash.md are taken only when somebody wants new ones. */
const pictures = process.env['FIREDRILL_PICTURES'] === '1';
const images = join(thisCheckout, 'docs', 'images');

/** Its control is shorter than any of the house: what is looked at is the page, and not the verdict. Stopped when it was looked at. */
const experiment = `
name: dash-outage
title: The database behind a black hole, while somebody looks on
hypothesis: Nobody can buy while it lasts, and whoever looks at the page sees it.
levels: [1]
controlMs: 6000
recoveryMs: 5000
timeline:
  - { durationMs: 180000, fault: drop, on: { between: [{ role: user }, { nodes: [pg-1] }] } }
impact: { checkout-availability: 1, browse-availability: 1 }
alerts:
  expected: [{ alert: CheckoutAvailability, severity: page, withinMs: 25000 }]
  allowed:
    - { alert: BrowseAvailability, severity: page, reason: the catalogue is in the same database }
    - { alert: CheckoutLatency, severity: page, reason: a machine that stalls for a moment is no reason to break nothing }
    - { alert: BrowseLatency, severity: page, reason: a machine that stalls for a moment is no reason to break nothing }
hypotheses: []
`;

const within = { timeout: 120_000 };

const without = chromium === undefined;
describe.skipIf(without)(`pnpm dash in Chromium${without ? ' (skipped: there is none on PATH)' : ''}`, () => {
  let folder: string;
  let runs: string;
  let lab: LabState;
  let dash: DashProcess;
  let browser: Browser;
  let page: Page;
  let run: ChildProcess;
  const problems: string[] = [];
  /** How to end what was begun, also when a later beginning fails. */
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    ({ state: lab } = await sharedLab(1));
    folder = mkdtempSync(join(tmpdir(), 'firedrill-dash-'));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    runs = join(folder, 'runs');
    mkdirSync(runs);
    dash = await startDash(['--level', '1', '--runs', runs]);
    ends.push(() => dash.stop());
    browser = await openBrowser(chromium!);
    ends.push(() => browser.close());
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
  });

  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });

  /** By Ctrl-C, as whoever has seen enough. */
  const endRun = async (): Promise<number | null> => {
    if (run.exitCode === null) {
      run.kill('SIGINT');
      await once(run, 'exit');
    }
    return run.exitCode;
  };

  /** A view by its number key, and what stands in it. */
  const view = async (key: string) => {
    await page.keyboard.press(key);
    return page.locator('main');
  };
  const picture = async (name: string, width: number, height: number, scheme: 'light' | 'dark') => {
    if (!pictures) return;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    // Drawn anew at its new size, by the next turn at the latest.
    await page.waitForTimeout(2500);
    await page.screenshot({ path: join(images, `dash-${name}.png`) });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  };

  it('says a wrong token', async () => {
    const other = await browser.newPage();
    const answer = await other.goto(`http://127.0.0.1:${dash.port}/?token=wrong`);
    expect(answer?.status()).toBe(403);
    await other.getByText('wrong token').waitFor(within);
    await other.close();
  });

  it('opens with the printed address: objectives at once, charts after them, under 500 kB', async () => {
    const firstViewMs = await openedPage(page, dash.url);
    expect(new URL(page.url()).search).toBe('');
    const kilobytes = await bundleKilobytes(page);
    process.stderr.write(`dash: first view after ${firstViewMs} ms, ${kilobytes.toFixed(0)} kB gzipped\n`);
    expect(kilobytes).toBeGreaterThan(100);
    expect(kilobytes).toBeLessThan(500);
  });

  it('goes on by itself, once a second', async () => {
    const age = async () => Number.parseFloat((await page.locator('.age').textContent()) ?? 'NaN');
    const ages: number[] = [];
    for (let look = 0; look < 10; look++) {
      ages.push(await age());
      await page.waitForTimeout(250);
    }
    process.stderr.write(`dash: what is shown was at most ${Math.max(...ages).toFixed(1)} s old\n`);
    expect(Math.max(...ages)).toBeLessThan(10);
    await expect.poll(age, within).toBeLessThan(2);
  });

  it.each([
    ['narrow', 375, 812],
    ['wide', 1440, 900],
  ])('fits a %s screen in every view, on light and on dark paper', async (_name, width, height) => {
    await page.setViewportSize({ width, height });
    const papers: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      papers.push(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor'));
      for (const [index, { name }] of views.entries()) {
        await page.keyboard.press(String(index + 1));
        await page.waitForURL(new RegExp(`#${name}`), within);
        // Drawn at another size by the next turn at the latest.
        const wider = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        await expect.poll(wider, within).toBeLessThanOrEqual(0);
      }
    }
    expect(papers[0]).not.toBe(papers[1]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await view('1');
  });

  it('shows a run as it goes: the fault in the topology, the page, its runbook', async () => {
    const file = join(folder, 'dash-outage.yaml');
    writeFileSync(file, experiment);
    run = startCommand('chaos', [file, '--out', runs, '--keep-lab']);
    ends.push(endRun);
    run.stdout?.resume();
    run.stderr?.resume();
    await (await view('4')).getByText('while somebody looks on').waitFor(within);
    await (await view('3')).getByText('toxic', { exact: true }).first().waitFor(within);
    await picture('topology', 1000, 480, 'dark');
    const delivered = (await view('4')).locator('tr', { hasText: 'CheckoutAvailability' });
    await delivered.waitFor(within);
    await delivered.getByText('not yet').waitFor({ ...within, state: 'detached' });
    await picture('experiment', 1200, 900, 'dark');
    await view('1');
    await picture('objectives', 1440, 900, 'light');
    const alerts = await view('2');
    const firing = alerts.locator('tr.page', { hasText: 'CheckoutAvailability' }).first();
    const alert = firing.getByRole('link', { name: 'Runbook of CheckoutAvailability' });
    await alert.waitFor(within);
    await picture('narrow', 375, 812, 'light');
    // By the keyboard alone, from row to row until it is that one's turn.
    await expect
      .poll(async () => {
        await page.keyboard.press('j');
        return alert.evaluate((link) => link === link.ownerDocument.activeElement);
      }, within)
      .toBe(true);
    await page.keyboard.press('Enter');
    const runbook = page.getByRole('dialog').locator('article');
    await runbook.getByRole('heading', { name: 'CheckoutAvailability' }).waitFor(within);
    await runbook.getByText('pnpm lab status --level 1').first().waitFor(within);
    await page.keyboard.press('Escape');
    await runbook.waitFor({ ...within, state: 'detached' });
    await page.waitForURL(/#alerts$/, within);
  });

  it('shows what is over, and its report', async () => {
    expect(await endRun()).toBe(3);
    const row = (await view('5')).locator('tr', { hasText: 'dash-outage' });
    await row.getByText('aborted').first().waitFor(within);
    await row.getByRole('link', { name: /^Report of/ }).click();
    const report = page.frameLocator('iframe');
    await report.getByRole('heading', { name: /^dash-outage/ }).waitFor(within);
    await report.locator('svg').first().waitFor(within);
    await page.keyboard.press('Escape');
    await page.locator('iframe').waitFor({ ...within, state: 'detached' });
    expect(problems).toEqual([]);
  });

  it('says that there is no such run', async () => {
    await page.goto(`http://127.0.0.1:${dash.port}/#report/nope`);
    await page.frameLocator('iframe').getByText('There is no run nope').waitFor(within);
    await page.keyboard.press('Escape');
    await page.locator('iframe').waitFor({ ...within, state: 'detached' });
  });

  it('says that the lab is gone, and goes on when it is back', async () => {
    await labDown(lab);
    await page.getByRole('alert').getByText('The lab of level 1 is gone').waitFor(within);
    await sharedLab(1);
    await page.getByText('lab runs', { exact: true }).waitFor(within);
    // A page that was kept waiting says so until its next turn.
    await expect.poll(() => page.getByRole('alert').count(), within).toBe(0);
  });

  it('says that its own server is gone; that ends by Ctrl-C with 0', async () => {
    expect(await dash.stop()).toBe(0);
    await page.getByRole('alert').getByText('pnpm dash has not answered').waitFor(within);
  });
});

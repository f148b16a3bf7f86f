import type { Browser } from 'playwright-core';
import { openBrowser } from '../testing/browser.ts';
import { startDash } from '../testing/dash-process.ts';
import { bundleKilobytes, openedPage } from '../testing/opened-page.ts';
import { oldestShown } from './shown-age.ts';

const looks = 10;

/** One page that was opened by somebody who had none of it yet. */
export interface DashVisit {
  /** From the navigation to the mark `first-view`. */
  readonly firstViewMs: number;
  /** The oldest that it has shown in ten looks, s. */
  readonly ageSeconds: number;
}

export interface MeasuredDash {
  /** Its version. */
  readonly chromium: string;
  /** Scripts and styles of one page, gzipped, kB (10³ bytes). */
  readonly bundleKilobytes: number;
  readonly visits: readonly DashVisit[];
}

export interface DashMeasurement {
  readonly level: number;
  /** The folder of the runs that it shows. */
  readonly runs: string;
  readonly rounds: number;
  /** The browser's path. */
  readonly chromium: string;
  readonly onVisit: (visit: DashVisit) => void;
}

/** Opens `pnpm dash` of a lab that runs in a new page, again and again: each has a cookie and a cache of its own. */
export async function measureDash(options: DashMeasurement): Promise<MeasuredDash> {
  const dash = await startDash(['--level', String(options.level), '--runs', options.runs]);
  // Also where this process is told to end.
  const end = (): void => void dash.stop();
  process.once('exit', end);
  try {
    const browser = await openBrowser(options.chromium);
    try {
      return await visited(browser, dash.url, options);
    } finally {
      await browser.close();
    }
  } finally {
    await dash.stop();
    process.off('exit', end);
  }
}

async function visited(
  browser: Browser,
  url: string,
  { rounds, onVisit }: DashMeasurement,
): Promise<MeasuredDash> {
  const visits: DashVisit[] = [];
  let kilobytes = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const firstViewMs = await openedPage(page, url);
    if (round === 1) kilobytes = await bundleKilobytes(page);
    const visit = { firstViewMs, ageSeconds: Math.round(100 * (await oldestShown(page, looks))) / 100 };
    await page.close();
    onVisit(visit);
    visits.push(visit);
  }
  return { chromium: browser.version(), bundleKilobytes: Math.round(10 * kilobytes) / 10, visits };
}

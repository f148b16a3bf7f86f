import type { PerformanceResourceTiming } from 'node:perf_hooks';
import type { Page } from 'playwright-core';

/** For a machine that stalls, ms. */
const within = { timeout: 120_000 };

/** Opens the printed address until all of the objectives is there, charts too. @returns when the first view was, ms from the navigation. */
export async function openedPage(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName('first-view').length > 0, null, within);
  await page.getByRole('link', { name: 'checkout-availability', exact: true }).waitFor(within);
  await page.locator('.chart canvas').first().waitFor(within);
  return page.evaluate(() => Math.round(performance.getEntriesByName('first-view')[0]!.startTime));
}

/** What the page has loaded of its own scripts and styles, as they came over the wire: gzipped, kB (10³ bytes). */
export const bundleKilobytes = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const parts = loaded.filter(({ name }) => /\/(page|lib)\//.test(name));
    return parts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000;
  });

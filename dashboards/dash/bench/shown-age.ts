import { FiredrillError } from '@firedrill/errors';
import type { Page } from 'playwright-core';
import { type Shown, shownAgeMs } from '../page/shown-age.ts';

/** The address of the page's own state. */
export const stateModule = '/page/state.ts';

/** Not another answer of the server: what counts is what somebody has before their eyes. As text, for a test's compiler rewrites imports. */
const shownNow = `import('${stateModule}').then(({ state: { snapshot } }) => ({
  nowMs: Date.now(),
  shown: snapshot && {
    slos: snapshot.slos,
    paging: snapshot.paging,
    incidents: snapshot.incidents,
    topology: snapshot.topology,
  },
}))`;

const everyMs = 250;
/** Until all of it was asked for once, on a machine that stalls. */
const knownWithinMs = 120_000;

/** Pure: how old the oldest part is, s; `undefined` while one was never known. */
export function ageSeconds(shown: Shown | null, nowMs: number): number | undefined {
  if (shown === null) return undefined;
  const ageMs = shownAgeMs(shown, nowMs);
  return ageMs === undefined ? undefined : ageMs / 1000;
}

async function ageOf(page: Page): Promise<number | undefined> {
  const { shown, nowMs } = await page.evaluate<{ shown: Shown | null; nowMs: number }>(shownNow);
  return ageSeconds(shown, nowMs);
}

/** The oldest that a page has shown in some looks, s; from when all of it is known. */
export async function oldestShown(page: Page, looks: number): Promise<number> {
  const until = performance.now() + knownWithinMs;
  const ages: number[] = [];
  while (ages.length < looks) {
    const age = await ageOf(page);
    if (age !== undefined) ages.push(age);
    else if (performance.now() > until) {
      throw new FiredrillError('internal', 'the page does not come to know all that it shows');
    }
    await page.waitForTimeout(everyMs);
  }
  return Math.max(...ages);
}

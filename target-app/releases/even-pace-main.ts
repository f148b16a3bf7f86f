import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadRouter } from '../src/data/reads/read-router.ts';
import { runShop } from '../src/run-shop.ts';

/** Catalogue pages are handed out one by one, this far apart, so that a crawler does not take the database from the buyers. */
const apartMs = 500;
/** Nobody waits longer for a page, however many come. */
const longestMs = 800;

/** The mistake: buyers come faster than that, too, and then everybody waits for the longest time. */
function atAnEvenPace(router: ReadRouter): ReadRouter {
  let next = 0;
  return {
    read: async (operation, deadline, work) => {
      if (operation === 'browse') {
        const now = performance.now();
        next = Math.min(Math.max(next, now) + apartMs, now + longestMs);
        await sleep(next - now);
      }
      return router.read(operation, deadline, work);
    },
  };
}

await runShop('shop', { reads: atAnEvenPace });

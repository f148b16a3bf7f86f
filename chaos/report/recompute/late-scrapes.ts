import { pathOf } from '../../evidence/question.ts';
import { answerOf, isNear } from './answers.ts';
import type { KeptPrometheus } from './kept-prometheus.ts';

/** What an expression over the users' counters gave at a moment, and what it gives over what was kept. */
export interface Difference {
  readonly rule: { readonly query: string };
  /** Since the epoch. */
  readonly second: number;
  readonly recorded: string;
  readonly recomputed: string;
}

/** The counters of which the rules make ratios, and `up` of the same scrapes. */
const counters = '{job="client"}';
/** So many at once may not have been seen. */
const scrapesUnderWay = 2;

/**
 * The differences that no scrape under way explains: for each, the newest scrapes are taken out of the copy and its expression is
 * asked again. The latest moment goes first, since what it takes out no earlier one had.
 * @param lagMs how old a scrape can be that was not seen.
 */
export async function unexplained<T extends Difference>(
  differences: readonly T[],
  kept: KeptPrometheus,
  lagMs: number,
): Promise<readonly T[]> {
  const moments = Map.groupBy(differences, ({ second }) => second);
  const left: T[] = [];
  for (const [second, atOnce] of [...moments].sort(([a], [b]) => b - a)) {
    let wrong = await stillWrong(atOnce, kept);
    for (let scrape = 0; scrape < scrapesUnderWay && wrong.length > 0; scrape++) {
      if (!(await forgetNewestScrape(second, kept, lagMs))) break;
      wrong = await stillWrong(wrong, kept);
    }
    left.push(...wrong);
  }
  return left;
}

async function forgetNewestScrape(second: number, kept: KeptPrometheus, lagMs: number): Promise<boolean> {
  const [newest] = await valuesAt(`max(timestamp(up${counters}))`, second, kept);
  const [momentMs, scrapeMs] = [Math.round(second * 1000), Math.round(Number(newest) * 1000)];
  if (newest === undefined || momentMs - scrapeMs > lagMs) return false;
  await kept.forget(counters, scrapeMs, momentMs);
  return true;
}

async function stillWrong<T extends Difference>(
  differences: readonly T[],
  kept: KeptPrometheus,
): Promise<readonly T[]> {
  const wrong: T[] = [];
  for (const difference of differences) {
    const [now = 'NaN'] = await valuesAt(difference.rule.query, difference.second, kept);
    if (!isNear(difference.recorded, now)) wrong.push(difference);
  }
  return wrong;
}

async function valuesAt(query: string, second: number, { ask }: KeptPrometheus): Promise<readonly string[]> {
  const answer = answerOf(await ask(pathOf('/api/v1/query', { query, time: second.toFixed(3) })));
  return [...(answer?.values() ?? [])].flatMap((samples) => [...samples.values()]);
}

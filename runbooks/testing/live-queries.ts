import { readFileSync } from 'node:fs';
import { prometheusRuleFiles } from '@firedrill/alerts';
import { nodeUrl } from '@firedrill/lab';
import { sharedLab } from '@firedrill/lab/testing';
import { beforeAll, expect, it, vi } from 'vitest';
import { isDueAt, runbooks } from '../index.ts';
import { metricsOf } from './metrics-of.ts';

/** Asks a lab every query of the runbooks that is due at the level. */
export function askEveryQuery(level: number): void {
  let prometheus: string;
  let loki: string;

  beforeAll(async () => {
    const { state } = await sharedLab(level);
    prometheus = nodeUrl(state, 'prometheus-1');
    loki = nodeUrl(state, 'loki-1');
  });

  /** What the rules of both clocks record: some of it is there only while somebody buys. */
  const recorded = new Set(
    (['drill', 'production'] as const)
      .flatMap((clock) => prometheusRuleFiles(level, clock))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/- record: (\S+)/g)].map(([, name]) => name!),
      ),
  );

  const queriesIn = (language: string) =>
    runbooks()
      .filter((runbook) => runbook.levels.includes(level))
      .flatMap((runbook) =>
        runbook.blocks
          .filter((block) => block.language === language && isDueAt(block.levels, level))
          .map((block) => ({ alert: runbook.alert, section: block.section, query: block.text })),
      );

  it.each(queriesIn('logql'))('$alert, $section: $query', async ({ query }) => {
    const answer = await fetch(
      `${loki}/loki/api/v1/query_range?${new URLSearchParams({ query, since: '5m' })}`,
    );
    expect(await answer.json()).toMatchObject({ status: 'success' });
  });

  it.each(queriesIn('promql'))('$alert, $section: $query', async ({ query }) => {
    const body = new URLSearchParams({ query });
    const answer = await (await fetch(`${prometheus}/api/v1/query`, { method: 'POST', body })).json();
    expect(answer).toMatchObject({ status: 'success' });
    // Each metric that it names must exist, or a typing error would look like good news.
    const names = metricsOf(query);
    expect(names.length).toBeGreaterThan(0);
    await vi.waitFor(
      async () => {
        const answer = await fetch(`${prometheus}/api/v1/label/__name__/values`);
        const { data } = (await answer.json()) as { data: string[] };
        expect(names.filter((name) => !data.includes(name) && !recorded.has(name))).toEqual([]);
      },
      // Not every target of a new lab was scraped yet.
      { timeout: 60_000, interval: 200 },
    );
  });
}

import { readFileSync } from 'node:fs';
import { prometheusRuleFiles } from '@firedrill/alerts';
import { nodeUrl } from '@firedrill/lab';
import { sharedLab } from '@firedrill/lab/testing';
import { beforeAll, expect, it } from 'vitest';
import { runbooks } from './index.ts';

let prometheus: string;

beforeAll(async () => {
  const { state } = await sharedLab(1);
  prometheus = nodeUrl(state, 'prometheus-1');
});

/** What the rules of both clocks record: some of it is there only while somebody buys. */
const recorded = new Set(
  (['drill', 'production'] as const)
    .flatMap((clock) => prometheusRuleFiles(1, clock))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/- record: (\S+)/g)].map(([, name]) => name!)),
);

const queries = runbooks().flatMap((runbook) =>
  runbook.blocks
    .filter((block) => block.language === 'promql')
    .map((block) => ({ alert: runbook.alert, section: block.section, query: block.text })),
);

it.each(queries)('$alert, $section: $query', async ({ query }) => {
  const body = new URLSearchParams({ query });
  const answer = await (await fetch(`${prometheus}/api/v1/query`, { method: 'POST', body })).json();
  expect(answer).toMatchObject({ status: 'success' });
  // Each metric that it names must exist, or a typing error would look like good news.
  const names = new Set([...query.matchAll(/\b[a-z][a-z0-9_:]*_[a-z0-9_:]+(?=[{[])/g)].map(([name]) => name));
  const { data } = (await (await fetch(`${prometheus}/api/v1/label/__name__/values`)).json()) as {
    data: string[];
  };
  expect([...names].filter((name) => !data.includes(name) && !recorded.has(name))).toEqual([]);
});

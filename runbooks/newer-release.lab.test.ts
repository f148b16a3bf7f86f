import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promtoolComplaint } from '@firedrill/slo/promtool';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';

/** How runbooks ask whether a release went out. */
async function question(): Promise<string> {
  const names = (await readdir(import.meta.dirname)).filter((name) => /^[A-Z].*\.md$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(import.meta.dirname, name), 'utf8')));
  const asked = texts.flatMap((text) =>
    [...text.matchAll(/```promql\n(.*?)```/gs)].map(([, query]) => query ?? ''),
  );
  const found = new Set(asked.filter((query) => query.includes('shop_release_info')));
  expect(found.size, [...found].join('\n')).toBe(1);
  return [...found].join();
}

const api = (name: string, release: string, values: string) => ({
  series: `shop_release_info{job="api",instance="${name}",release="${release}"}`,
  values,
});
/** Scraped each second. */
const cases = [
  { name: 'a lab that is young', at: 30, series: [api('api-1', 'built-in', '1x60')], seconds: undefined },
  {
    name: 'one API has a younger release',
    at: 100,
    series: [
      api('api-1', 'built-in', '1x49 stale'),
      api('api-1', '2026.50', '_x50 1x100'),
      api('api-2', 'built-in', '1x150'),
    ],
    seconds: 50,
  },
  {
    name: 'it was rolled back',
    at: 140,
    series: [api('api-1', 'built-in', '1x49 stale _x50 1x50'), api('api-1', '2026.50', '_x50 1x40 stale')],
    seconds: undefined,
  },
  {
    name: 'it has run for more than a quarter of an hour',
    at: 1000,
    series: [api('api-1', 'built-in', '1x49 stale'), api('api-1', '2026.50', '_x50 1x1000')],
    seconds: undefined,
  },
];

it('only a release that runs and is younger than another is a suspect', async () => {
  const expr = await question();
  const tests = cases.map(({ name, at, series, seconds }) => ({
    name,
    interval: '1s',
    input_series: series,
    promql_expr_test: [
      {
        expr,
        eval_time: `${at}s`,
        exp_samples: seconds === undefined ? [] : [{ labels: '{release="2026.50"}', value: seconds }],
      },
    ],
  }));
  expect(await promtoolComplaint([stringify({ evaluation_interval: '1s', tests })])).toBe('');
});

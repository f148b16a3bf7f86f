import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import blindOutage from '../experiments/testing/blind-outage.ts';
import { ownLabRuns } from './testing/own-lab-runs.ts';

const blindOutageFile = join(import.meta.dirname, `../experiments/testing/${blindOutage.name}.ts`);
const { verdictOf, end } = ownLabRuns('blind');
afterAll(end);

test('a Prometheus that dies while users are hurt makes the run inconclusive: blindness is no health', async () => {
  const { verdict, checks, run } = await verdictOf([blindOutageFile]);
  const said = (name: string) => checks.get(name)?.verdict;
  expect(said('witness'), run.output()).toBe('pass');
  expect(said('alert-contract'), run.output()).toBe('inconclusive');
  expect(said('watchers')).toBe('inconclusive');
  expect(verdict.checks.filter((check) => check.verdict === 'fail')).toEqual([]);
  expect(verdict.verdict).toBe('inconclusive');
  const blind = verdict.blind?.find(({ by, what }) => by === 'scrapes' && what.includes('client-1'));
  expect(blind).toMatchObject({ pages: true });
  expect((blind?.toMs ?? 0) - (blind?.fromMs ?? 0)).toBeGreaterThan(35_000);
});

import { describe, expect, it } from 'vitest';
import { planRead, type ReadSituation, type ServerView } from './plan-read.ts';

const replica = (name: string, stalenessMs: number, rest: Partial<ServerView> = {}): ServerView => ({
  name,
  answers: true,
  inRecovery: true,
  stalenessMs,
  ...rest,
});

const situation = (servers: readonly ServerView[], rest: Partial<ReadSituation> = {}): ReadSituation => ({
  servers,
  primaryAnswers: true,
  limitMs: 2000,
  turn: 0,
  ...rest,
});

const away = { primaryAnswers: false };
const leader = replica('pg-1', 0, { inRecovery: false });
const both = [leader, replica('pg-2', 100), replica('pg-3', 200)];
const old = [leader, replica('pg-2', 9000), replica('pg-3', 3000)];

describe.each<readonly [string, ReadSituation, readonly string[], readonly string[]]>([
  // situation, what a `replica` read tries, what an `any-replica` read tries
  ['nothing is known', situation([]), ['primary'], ['primary']],
  ['both are fresh', situation(both), ['pg-2', 'primary'], ['pg-2', 'primary', 'pg-3']],
  [
    'both are fresh, next turn',
    situation(both, { turn: 1 }),
    ['pg-3', 'primary'],
    ['pg-3', 'primary', 'pg-2'],
  ],
  ['both are too old', situation(old), ['primary'], ['primary', 'pg-3']],
  ['both are too old, no primary', situation(old, away), ['primary'], ['pg-3', 'primary']],
  ['fresh, no primary', situation(both, away), ['pg-2', 'primary'], ['pg-2', 'pg-3', 'primary']],
  ['one exactly at the limit', situation([replica('pg-2', 2000)]), ['pg-2', 'primary'], ['pg-2', 'primary']],
  ['one does not answer', situation([replica('pg-2', 0, { answers: false })]), ['primary'], ['primary']],
  ['only the primary itself', situation([leader], away), ['primary'], ['primary']],
])('%s', (_name, given, asReplica, asAnyReplica) => {
  it('a read of the primary goes there alone', () => {
    expect(planRead({ from: 'primary' }, given)).toEqual(['primary']);
  });
  it('a read within the limit tries one replica at most before the primary', () => {
    expect(planRead({ from: 'replica' }, given)).toEqual(asReplica);
  });
  it('a read of any age takes an old replica when there is nothing else', () => {
    expect(planRead({ from: 'any-replica' }, given)).toEqual(asAnyReplica);
  });
});

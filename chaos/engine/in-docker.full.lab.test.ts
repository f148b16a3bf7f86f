import { runtimeHere } from '@firedrill/lab';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type StartedRun, startRun } from '../guardian/testing/started-run.ts';
import type { Verdict } from '../report/verdict.ts';
import { problemsOf } from './testing/own-lab-runs.ts';

const runs: StartedRun[] = [];
afterAll(() => {
  for (const run of runs) run.close();
});

let here: string;
beforeAll(async () => {
  here = await runtimeHere();
});
beforeEach(({ skip }) =>
  skip(here !== 'docker', 'no Docker engine with a Compose that is new enough answers here'),
);

async function verdictOf(level: number, runtime: 'native' | 'docker'): Promise<Verdict> {
  const scope = `${process.env.FIREDRILL_LAB_SCOPE}-${runtime}`;
  const words = [
    'partition-primary',
    '--level',
    String(level),
    '--seed',
    '1',
    '--runtime',
    runtime,
    '--json',
  ];
  const run = startRun(words, { env: { FIREDRILL_LAB_SCOPE: scope } });
  runs.push(run);
  await run.exit;
  if (run.stdout() === '') throw new Error(run.output());
  return JSON.parse(run.stdout()) as Verdict;
}

/** Its verdict and that of each check; what a machine that was too busy left open is no difference. */
const told = ({ checks }: Verdict) =>
  problemsOf({ checks }).map(({ name, verdict }) => `${name}: ${verdict}`);

const verdicts = ({ checks }: Verdict) => checks.map(({ name, verdict }) => `${name}: ${verdict}`);
const isBusy = ({ checks }: Verdict) =>
  checks.some(({ name, verdict }) => name === 'load-quality' && verdict === 'inconclusive');

it.for([1, 4])(
  'partition-primary at level %i passes in containers, and is judged as natively',
  { timeout: 900_000 },
  async (level, { skip }) => {
    const contained = await verdictOf(level, 'docker');
    const native = await verdictOf(level, 'native');
    expect([told(contained), told(native)]).toEqual([[], []]);
    // What a machine was too busy for says nothing of the one or the other.
    skip(isBusy(contained) || isBusy(native), 'this machine was too busy to send the load as planned');
    expect([contained.verdict, native.verdict]).toEqual(['pass', 'pass']);
    expect(verdicts(contained)).toEqual(verdicts(native));
  },
);

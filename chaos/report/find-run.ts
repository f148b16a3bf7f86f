import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { FiredrillError } from '@firedrill/errors';

/** Named in the error at most. */
const listed = 5;

/**
 * The folder of a run: its id in `runs`, `latest`, or a path to it.
 * @throws {FiredrillError} `run-not-found`, listing the latest runs.
 */
export function findRun(runs: string, run: string): string {
  const [newest] = latestRuns(runs);
  if (run === 'latest' && newest !== undefined) return join(runs, newest);
  const places = basename(run) === run ? [join(runs, run)] : [resolve(run)];
  const found = places.find((place) => existsSync(join(place, 'journal.jsonl')));
  if (found !== undefined) return found;
  const latest = latestRuns(runs);
  throw new FiredrillError('run-not-found', `there is no run ${run}`, {
    where: runs.split('/').at(-1) ?? runs,
    fix:
      latest.length === 0
        ? 'make one with `pnpm chaos partition-primary`'
        : `use one of ${latest.join(', ')}`,
  });
}

/** The newest runs first, by the time of their journal. */
export function latestRuns(runs: string): readonly string[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((name) => existsSync(join(runs, name, 'journal.jsonl')))
    .map((name) => ({ name, time: statSync(join(runs, name, 'journal.jsonl')).mtimeMs }))
    .sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1))
    .slice(0, listed)
    .map(({ name }) => name);
}

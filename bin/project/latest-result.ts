import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { resultsFolder } from './results.ts';

export interface Latest<T> {
  readonly file: string;
  readonly result: T;
}

/** The newest `docs/results/<date>-<name>.json`; `undefined` where nothing was measured yet. */
export function latestResult<T>(name: string, schema: z.ZodType<T>): Latest<T> | undefined {
  const file = readdirSync(resultsFolder)
    .filter((found) => /^\d{4}-\d\d-\d\d-/.test(found) && found.slice(11) === `${name}.json`)
    .sort()
    .at(-1);
  if (file === undefined) return undefined;
  return { file, result: schema.parse(JSON.parse(readFileSync(join(resultsFolder, file), 'utf8'))) };
}

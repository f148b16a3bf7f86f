import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawComparison } from '@firedrill/chaos/compare';
import { compareName, compareResultSchema } from './compare-result.ts';
import { comparePicture, compareTable } from './compare-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';
import { resultsSchema } from './results.ts';
import { resultsTable } from './results-table.ts';
import { root } from './root.ts';

/** Puts the newest measured figures between README's markers, and draws its picture of all levels. */
const latest = latestResult('level-1', resultsSchema);
const compared = latestResult(compareName, compareResultSchema);
putTables('README.md', {
  'level 1': latest && resultsTable(latest.file, latest.result),
  // A poster that is not there yet is no news.
  compare: compared === undefined ? '' : compareTable(compared.file, compared.result),
});
if (compared !== undefined) writeFileSync(join(root, comparePicture), drawComparison(compared.result));

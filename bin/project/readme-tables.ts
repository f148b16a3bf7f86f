import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';
import { resultsSchema } from './results.ts';
import { resultsTable } from './results-table.ts';

/** Puts the newest measured figures between README's markers. */
const latest = latestResult('level-1', resultsSchema);
putTables('README.md', { 'level 1': latest && resultsTable(latest.file, latest.result) });

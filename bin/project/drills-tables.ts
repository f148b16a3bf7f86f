import { drilledName, drilledResultSchema } from './drills-result.ts';
import { drillsTable } from './drills-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';

/** Puts the newest drills between the markers of docs/drills.md. */
const drilled = latestResult(drilledName, drilledResultSchema);
putTables('docs/drills.md', {
  drills: drilled && drillsTable(drilled.file, drilled.result, 'results'),
});

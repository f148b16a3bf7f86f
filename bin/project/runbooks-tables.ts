import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';
import { executedName, executedResultSchema } from './runbooks-result.ts';
import { runbooksTable } from './runbooks-table.ts';

/** Puts the newest executed runbooks between the markers of runbooks/README.md. */
const executed = latestResult(executedName, executedResultSchema);
putTables('runbooks/README.md', {
  runbooks: executed && runbooksTable(executed.file, executed.result, '../docs/results'),
});

import { cellsName, cellsSchema } from './cells-result.ts';
import { cellsTable } from './cells-table.ts';
import { checkoutResultSchema, checkoutTable, telemetryResultSchema, telemetryTable } from './cost-table.ts';
import { failoverResultSchema } from './failover-result.ts';
import { failoverTable } from './failover-table.ts';
import { feedResultSchema, feedTable } from './feed-table.ts';
import { indexResultSchema, indexTable } from './index-table.ts';
import { labResultSchema } from './lab-result.ts';
import { labTable } from './lab-table.ts';
import { latestResult } from './latest-result.ts';
import { longJoinResultSchema, longJoinTable } from './long-join-table.ts';
import { putTables } from './measured-table.ts';
import { walResultSchema } from './wal-result.ts';
import { walTable } from './wal-table.ts';
import { walVariants } from './wal-variants.ts';

/** Puts the newest measured figures between the markers of docs/levels.md. */
const wal = latestResult('wal', walResultSchema);
const lab = latestResult('lab', labResultSchema);
const checkout = latestResult('checkout', checkoutResultSchema);
const telemetry = latestResult('telemetry', telemetryResultSchema);
const indexes = latestResult('indexes', indexResultSchema);
const failover = latestResult('failover', failoverResultSchema);
const feed = latestResult('feed', feedResultSchema);
const longJoin = latestResult('long-join', longJoinResultSchema);
const cells = latestResult(cellsName, cellsSchema);
putTables('docs/levels.md', {
  cells: cells && cellsTable(cells.file, cells.result, 'results'),
  checkout: checkout && checkoutTable(checkout),
  telemetry: telemetry && telemetryTable(telemetry),
  failover: failover && failoverTable(failover.file, failover.result),
  indexes: indexes && indexTable(indexes),
  feed: feed && feedTable(feed),
  'long-join': longJoin && longJoinTable(longJoin),
  lab: lab && labTable(lab.file, lab.result),
  wal: wal && walTable(wal.file, wal.result, walVariants),
});

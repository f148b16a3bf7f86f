import { dashName, dashResultSchema } from './dash-result.ts';
import { dashTable } from './dash-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';

/** Puts the newest run of `pnpm bench dash` between the markers of docs/dash.md. */
const latest = latestResult(dashName, dashResultSchema);
putTables('docs/dash.md', { [dashName]: latest && dashTable(latest.file, latest.result, 'results') });

import { incidentReportName, incidentReportSchema } from './incident-report-result.ts';
import { incidentReportTable } from './incident-report-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';

/** Puts the newest run of `pnpm bench incident-report` between the markers of docs/post-incident.md. */
const latest = latestResult(incidentReportName, incidentReportSchema);
putTables('docs/post-incident.md', {
  [incidentReportName]: latest && incidentReportTable(latest.file, latest.result, 'results'),
});

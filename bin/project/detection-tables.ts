import { detectionName, detectionSchema } from './detection-result.ts';
import { detectionTable } from './detection-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';
import { quietName, quietSchema } from './quiet-result.ts';
import { quietTable } from './quiet-table.ts';

/** Puts the newest measured figures between the markers of docs/detection.md. */
const latest = latestResult(detectionName, detectionSchema);
const quiet = latestResult(quietName, quietSchema);
putTables('docs/detection.md', {
  detection: latest && detectionTable(latest.file, latest.result, 'results'),
  quiet: quiet && quietTable(quiet.file, quiet.result, 'results'),
});

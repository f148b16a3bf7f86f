import { dockerResultSchema } from './docker-result.ts';
import { dockerTable } from './docker-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';

/** Puts the newest run of `pnpm bench docker` between the markers of docs/docker.md. */
const latest = latestResult('docker', dockerResultSchema);
putTables('docs/docker.md', { docker: latest && dockerTable(latest.file, latest.result) });

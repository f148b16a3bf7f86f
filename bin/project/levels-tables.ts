import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { latestCells } from './cells-result.ts';
import { cellsTable } from './cells-table.ts';
import { checkoutResultSchema, checkoutTable, telemetryResultSchema, telemetryTable } from './cost-table.ts';
import { indexResultSchema, indexTable } from './index-table.ts';
import { latestLabResult } from './lab-result.ts';
import { labTable } from './lab-table.ts';
import { latestResult } from './latest-result.ts';
import { root } from './root.ts';
import { latestWalResult } from './wal-result.ts';
import { walTable } from './wal-table.ts';
import { walVariants } from './wal-variants.ts';

const path = join(root, 'docs/levels.md');
const end = '<!-- /measured -->';

/** Pure: the text with a table between the markers of that name. */
function withTable(text: string, name: string, table: string | undefined): string {
  const begin = `<!-- measured: ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < from) throw new Error(`docs/levels.md has no ${begin} … ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${table ?? 'Not measured yet.'}\n\n${text.slice(to)}`;
}

/** Puts the newest measured figures between the markers of docs/levels.md. */
const wal = latestWalResult();
const lab = latestLabResult();
const checkout = latestResult('checkout', checkoutResultSchema);
const telemetry = latestResult('telemetry', telemetryResultSchema);
const indexes = latestResult('indexes', indexResultSchema);
const cells = latestCells();
const tables = {
  cells: cells && cellsTable(cells.file, cells.result, 'results'),
  checkout: checkout && checkoutTable(checkout),
  telemetry: telemetry && telemetryTable(telemetry),
  indexes: indexes && indexTable(indexes),
  lab: lab && labTable(lab.file, lab.result),
  wal: wal && walTable(wal.file, wal.result, walVariants),
};
const filled = Object.entries(tables).reduce(
  (text, [name, table]) => withTable(text, name, table),
  readFileSync(path, 'utf8'),
);
writeFileSync(path, filled);

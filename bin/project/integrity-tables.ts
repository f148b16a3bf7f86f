import { brokenShopsSchema } from './broken-shops-result.ts';
import { brokenShopsTable } from './broken-shops-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';

/** Puts the newest run of `pnpm bench broken-shops` between the markers of docs/integrity.md. */
const latest = latestResult('broken-shops', brokenShopsSchema);
putTables('docs/integrity.md', { 'broken-shops': latest && table(latest.file, latest.result) });

function table(file: string, result: ReturnType<typeof brokenShopsSchema.parse>): string {
  const measuredOn = `Measured on ${result.date} at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench broken-shops\` measures again.`;
  return `${brokenShopsTable(result)}\n\n${measuredOn}`;
}

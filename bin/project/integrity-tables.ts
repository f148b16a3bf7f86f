import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenShopsSchema } from './broken-shops-result.ts';
import { brokenShopsTable } from './broken-shops-table.ts';
import { resultsFolder } from './results.ts';
import { root } from './root.ts';

/** Puts the newest run of `pnpm bench broken-shops` between the markers of docs/integrity.md. */
const path = join(root, 'docs/integrity.md');
const begin = '<!-- measured: broken-shops -->';
const end = '<!-- /measured -->';
const text = readFileSync(path, 'utf8');
const from = text.indexOf(begin);
const to = text.indexOf(end, from);
if (from < 0 || to < from) throw new Error(`docs/integrity.md has no ${begin} … ${end}`);
writeFileSync(path, `${text.slice(0, from)}${begin}\n\n${measured()}\n\n${text.slice(to)}`);

function measured(): string {
  const file = readdirSync(resultsFolder)
    .filter((name) => name.endsWith('-broken-shops.json'))
    .sort()
    .at(-1);
  if (file === undefined) return 'Not measured yet.';
  const raw: unknown = JSON.parse(readFileSync(join(resultsFolder, file), 'utf8'));
  const result = brokenShopsSchema.parse(raw);
  const measuredOn = `Measured on ${result.date} at commit \`${result.commit}\` ([data](results/${file})); \`pnpm bench broken-shops\` measures again.`;
  return `${brokenShopsTable(result)}\n\n${measuredOn}`;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';
import { latestWalResult } from './wal-result.ts';
import { walTable } from './wal-table.ts';
import { walVariants } from './wal-variants.ts';

/** Puts the newest measured figures between the markers of docs/levels.md. */
const path = join(root, 'docs/levels.md');
const begin = '<!-- measured: wal -->';
const end = '<!-- /measured -->';
const text = readFileSync(path, 'utf8');
const from = text.indexOf(begin);
const to = text.indexOf(end, from);
if (from < 0 || to < from) throw new Error(`docs/levels.md has no ${begin} … ${end}`);
const latest = latestWalResult();
const table = latest === undefined ? 'Not measured yet.' : walTable(latest.file, latest.result, walVariants);
writeFileSync(path, `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`);

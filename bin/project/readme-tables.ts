import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { latestResults } from './results.ts';
import { resultsTable } from './results-table.ts';
import { root } from './root.ts';

/** Puts the newest measured figures between README's markers. */
const path = join(root, 'README.md');
const begin = '<!-- measured: level 1 -->';
const end = '<!-- /measured -->';
const readme = readFileSync(path, 'utf8');
const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
if (from < 0 || to < from) throw new Error(`README.md has no ${begin} … ${end}`);
const latest = latestResults(1);
const table = latest === undefined ? 'Not measured yet.' : resultsTable(latest.file, latest.results);
writeFileSync(path, `${readme.slice(0, from)}${begin}\n\n${table}\n\n${readme.slice(to)}`);

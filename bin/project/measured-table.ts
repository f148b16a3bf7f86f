import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

const end = '<!-- /measured -->';

/** Pure: a page's text with a table between the markers of that name; with `''` nothing stands there. @throws when the page has no such markers. */
function withTable(text: string, name: string, table: string | undefined): string {
  const begin = `<!-- measured: ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < from) throw new Error(`there is no ${begin} … ${end}`);
  const shown = table ?? 'Not measured yet.';
  return `${text.slice(0, from)}${begin}\n\n${shown === '' ? '' : `${shown}\n\n`}${text.slice(to)}`;
}

/** Puts tables between the markers of their names. @param page from the checkout's folder. */
export function putTables(page: string, tables: Readonly<Record<string, string | undefined>>): void {
  const path = join(root, page);
  const filled = Object.entries(tables).reduce(
    (text, [name, table]) => withTable(text, name, table),
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, filled);
}

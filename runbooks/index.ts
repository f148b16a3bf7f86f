import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRunbook, type Runbook } from './front-matter.ts';

export { type CodeBlock, parseRunbook, type Runbook, runbookSections } from './front-matter.ts';

/** Every runbook, by the alert's name. @throws {FiredrillError} `invalid-data` for one that is malformed. */
export function runbooks(): readonly Runbook[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => parseRunbook(readFileSync(join(import.meta.dirname, name), 'utf8'), `runbooks/${name}`));
}

/** The absolute path that an alert's `runbook_url` (relative to the repository) means. */
export function resolveRunbookUrl(url: string): string {
  return join(import.meta.dirname, '..', url);
}

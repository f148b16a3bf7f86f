import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRunbook } from './parse-runbook.ts';
import type { Runbook } from './runbook.ts';

export { type Answer, type AnswerRow, type Bindings, holds } from './condition.ts';
export { isDueAt, levelsOf } from './level-range.ts';
export { parseRunbook, slugOf } from './parse-runbook.ts';
export {
  type Branch,
  type CodeBlock,
  type Expectation,
  type Mitigation,
  type Runbook,
  runbookSections,
  type Target,
} from './runbook.ts';

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

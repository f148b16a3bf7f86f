import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Act, actSchema } from './act.ts';
import { storePath } from './database.ts';

/**
 * What people did in one start of a lab, from a store that others write: read only, and without waiting for anybody. None where there
 * is no store yet, or it cannot be read: `pnpm oncall` says so then.
 */
export function readActs(folder: string, lab: string): readonly Act[] {
  const path = storePath(folder);
  if (!existsSync(path)) return [];
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    try {
      return actsOf(database, lab);
    } finally {
      database.close();
    }
  } catch {
    return [];
  }
}

/** In the order in which the pager took them. */
export const actsOf = (database: DatabaseSync, lab: string): readonly Act[] =>
  database
    .prepare('SELECT body FROM act WHERE lab = ? ORDER BY number')
    .all(lab)
    .map(({ body }) => actSchema.parse(JSON.parse(String(body))));

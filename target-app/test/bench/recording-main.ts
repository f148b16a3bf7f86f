import { writeFileSync } from 'node:fs';
import type { Database, Queries } from '../../src/data/database.ts';
import { runShop } from '../../src/run-shop.ts';
import type { RecordedUnit } from './recorded-unit.ts';

/** The good shop, without its workers, that writes down every statement of its requests: RECORD_TO=<file>. */
const file = process.env['RECORD_TO'] ?? '';
const units: RecordedUnit[] = [];

function recording(database: Database): Database {
  const record =
    (kind: RecordedUnit['kind']): Database['read'] =>
    (deadline, work) => {
      const statements: { sql: string; parameters: readonly unknown[] }[] = [];
      units.push({ kind, statements });
      return database[kind](deadline, async (queries) => {
        const watched: Queries = {
          rows: (sql, parameters = []) => {
            statements.push({ sql, parameters });
            writeFileSync(file, JSON.stringify(units));
            return queries.rows(sql, parameters);
          },
        };
        return work(watched);
      });
    };
  return {
    transaction: record('transaction'),
    read: record('read'),
    get connections() {
      return database.connections;
    },
    close: () => database.close(),
  };
}

await runShop('recording-shop', {
  parts: (parts) => ({ ...parts, database: recording(parts.database) }),
  workers: () => [],
});

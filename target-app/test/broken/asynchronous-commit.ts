import type { Database } from '../../src/data/database.ts';
import type { BrokenShop } from './broken-shop.ts';

export const asynchronousCommit: BrokenShop = {
  mistake:
    'A commit waits for the disk of the primary alone: faster, and acknowledged before anybody else has it.',
  seams: {
    parts: (parts) => ({ ...parts, database: local(parts.database) }),
  },
};

function local(database: Database): Database {
  return {
    transaction: (deadline, work, first) =>
      database.transaction(
        deadline,
        async (queries) => {
          await queries.rows('SET LOCAL synchronous_commit = local');
          return work(queries);
        },
        first,
      ),
    read: (deadline, work) => database.read(deadline, work),
    get connections() {
      return database.connections;
    },
    close: () => database.close(),
  };
}

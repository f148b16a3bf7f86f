import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/data/database.ts';
import { Deadline } from '../../src/data/deadline.ts';
import type { Answer } from '../../src/http/endpoint.ts';
import { createCheckout } from '../../src/order/checkout.ts';
import type { BrokenShop } from './broken-shop.ts';

/** How long the commit lags behind the answer, milliseconds. */
const commitLagMs = 1_500;

export const acknowledgeBeforeCommit: BrokenShop = {
  mistake: 'The whole checkout runs in one transaction, and the buyer is told before it is committed.',
  seams: {
    checkout: (_good, parts) => (request, deadline) => {
      const told = Promise.withResolvers<Answer>();
      parts.database
        .transaction(Deadline.in(deadline.left + commitLagMs), async (queries) => {
          const database: Database = {
            transaction: (_deadline, work) => work(queries),
            read: (_deadline, work) => work(queries),
            connections: parts.database.connections,
            close: async () => {},
          };
          told.resolve(await createCheckout({ ...parts, database })(request, deadline));
          await sleep(commitLagMs);
        })
        .catch(told.reject);
      return told.promise;
    },
  },
};

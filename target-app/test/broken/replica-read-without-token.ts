import { inSession, Session } from '../../src/data/session/session.ts';
import type { BrokenShop } from './broken-shop.ts';

export const replicaReadWithoutToken: BrokenShop = {
  mistake:
    'What the customer wrote is not held against the replica that is read: a young one is believed to have it.',
  seams: {
    reads: (reads) => ({
      read: (operation, deadline, work) =>
        inSession(new Session('s1', undefined), () => reads.read(operation, deadline, work)),
    }),
  },
};

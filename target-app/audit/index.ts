import { readDatabase } from './read-database.ts';
import { readPaymentJournal } from './read-payment-journal.ts';
import type { AuditSnapshot, AuditSource } from './snapshot.ts';

export { answersIn } from './answers-in.ts';
export type { AuditSnapshot, AuditSource } from './snapshot.ts';

/** All of the shop's books: the databases first, the provider's journal after, so a charge is never missing its order. */
export async function audit(source: AuditSource): Promise<AuditSnapshot> {
  const books = await Promise.all(source.databaseUrls.map(readDatabase));
  return {
    orders: books.flatMap((book) => book.orders),
    transitions: books.flatMap((book) => book.transitions),
    events: books.flatMap((book) => book.events),
    stock: books.flatMap((book) => book.stock),
    keys: books.flatMap((book) => book.keys),
    returns: books.flatMap((book) => book.returns),
    projection: books.flatMap((book) => book.projection),
    reviews: books.flatMap((book) => book.reviews),
    payments: await readPaymentJournal(source.paymentJournal),
  };
}

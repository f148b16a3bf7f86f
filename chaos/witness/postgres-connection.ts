import pg from 'pg';
import { type Connection, type Outcome, outcomeOf } from './connection.ts';

/** Start-up, authentication and a statement: nothing less proves that PostgreSQL is there. */
export function postgresConnection(url: string, statement = 'select 1'): Connection {
  const client = new pg.Client({ connectionString: url, application_name: 'firedrill-witness' });
  const broken = Promise.withResolvers<Outcome>();
  client.on('error', (error) => broken.resolve(outcomeOf(error)));
  client.on('end', () => broken.resolve('closed'));
  let connected: Promise<unknown> | undefined;
  const roundTrip = async (): Promise<Outcome> => {
    try {
      connected ??= client.connect();
      await connected;
      await client.query(statement);
      return 'answered';
    } catch (error) {
      return outcomeOf(error);
    }
  };
  return {
    ask: () => Promise.race([roundTrip(), broken.promise]),
    close() {
      // Not end(): that waits for an answer that a black hole never gives.
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    },
  };
}

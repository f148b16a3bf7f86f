import pg from 'pg';
import { type Connection, type Outcome, outcomeOf } from './connection.ts';
import { Line } from './line.ts';

/** A request to cancel what nobody runs: the server looks for it, finds nothing, and closes. It is all of its conversation. */
const cancelNothing = Buffer.alloc(16);
cancelNothing.writeInt32BE(16, 0);
cancelNothing.writeInt32BE(80_877_102, 4);

/** Start-up, authentication and a statement: nothing less proves that PostgreSQL is there. */
export function postgresConnection(url: string, statement = 'select 1'): Connection {
  const line = new Line();
  const { socket } = line;
  const client = new pg.Client({
    connectionString: url,
    application_name: 'firedrill-witness',
    stream: () => socket,
  });
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
    line,
    ask: () => Promise.race([roundTrip(), broken.promise]),
    async askToHangUp() {
      const { hostname, port } = new URL(url);
      const ended = Promise.withResolvers<Outcome>();
      socket.once('error', (error) => ended.resolve(outcomeOf(error)));
      socket.once('close', () => ended.resolve('closed'));
      // Nothing is asked of it, so nothing would read it to its end.
      socket.resume();
      socket.connect(Number(port), hostname);
      socket.write(cancelNothing);
      return ended.promise;
    },
    farewell: (deadlineMs) => line.farewell(deadlineMs, () => void client.end().catch(() => {})),
    close() {
      // Not end(): that waits for an answer that a black hole never gives.
      socket.destroy();
    },
  };
}

import { type buildConnector, Client } from 'undici';
import { type Connection, outcomeOf } from './connection.ts';
import { Line } from './line.ts';

/** undici dials again by itself when a connection ends: an old connection would look alive. */
function dialOnce({ socket }: Line): buildConnector.connector {
  let dialled = false;
  return ({ hostname, port }, callback) => {
    if (dialled) {
      callback(new Error('the connection has ended'), null);
      return;
    }
    dialled = true;
    const fail = (error: Error): void => callback(error, null);
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      callback(null, socket);
    });
    socket.connect(Number(port), hostname);
  };
}

/** Any HTTP answer is a round trip, a 404 too: some components have no /livez. */
export function httpConnection(url: string): Connection {
  const line = new Line();
  const client = new Client(url, {
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: dialOnce(line),
  });
  const roundTrip = async (last: boolean) => {
    try {
      const response = await client.request({ method: 'GET', path: '/livez', reset: last });
      await response.body.dump();
      return 'answered';
    } catch (error) {
      return outcomeOf(error);
    }
  };
  return {
    line,
    ask: () => roundTrip(false),
    askToHangUp: () => roundTrip(true),
    farewell: (deadlineMs) => line.farewell(deadlineMs, () => line.socket.end()),
    close() {
      client.destroy().catch(() => {});
      line.socket.destroy();
    },
  };
}

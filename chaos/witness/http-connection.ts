import { buildConnector, Client } from 'undici';
import { type Connection, outcomeOf } from './connection.ts';

/** undici dials again by itself when a connection ends: an old connection would look alive. */
function dialOnce(): buildConnector.connector {
  const dial = buildConnector({ timeout: 0 });
  let dialled = false;
  return (options, callback) => {
    if (dialled) {
      callback(new Error('the connection has ended'), null);
      return;
    }
    dialled = true;
    dial(options, callback);
  };
}

/** Any HTTP answer is a round trip, a 404 too: some components have no /livez. */
export function httpConnection(url: string): Connection {
  const client = new Client(url, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, connect: dialOnce() });
  return {
    async ask() {
      try {
        const response = await client.request({ method: 'GET', path: '/livez' });
        await response.body.dump();
        return 'answered';
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close() {
      client.destroy().catch(() => {});
    },
  };
}

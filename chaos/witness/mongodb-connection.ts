import { mongodbPing, mongodbPong } from '@firedrill/lab/control';
import { type Connection, type Outcome, outcomeOf } from './connection.ts';
import { Line } from './line.ts';

/** A message shorter than its own header: no server reads on behind it. */
const nonsense = Buffer.alloc(16);

/** A `ping` and its answer, as MongoDB's drivers ask whether anybody is there. */
export function mongodbConnection(url: string): Connection {
  const line = new Line();
  const { socket } = line;
  const { hostname, port } = new URL(url);
  const ended = Promise.withResolvers<Outcome>();
  socket.once('error', (error) => ended.resolve(outcomeOf(error)));
  socket.once('close', () => ended.resolve('closed'));
  let received: Buffer = Buffer.alloc(0);
  let answer = Promise.withResolvers<Outcome>();
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    const pong = mongodbPong(received);
    if (pong === undefined) return;
    received = Buffer.alloc(0);
    answer.resolve(pong === 'ok' ? 'answered' : 'refused');
  });
  let dialled = false;
  const send = (message: Buffer): void => {
    if (!dialled) socket.connect(Number(port), hostname);
    dialled = true;
    socket.write(message);
  };
  return {
    line,
    ask() {
      answer = Promise.withResolvers();
      send(mongodbPing);
      return Promise.race([answer.promise, ended.promise]);
    },
    askToHangUp() {
      send(nonsense);
      return ended.promise;
    },
    farewell: (deadlineMs) => line.farewell(deadlineMs, () => socket.end()),
    close() {
      socket.destroy();
    },
  };
}

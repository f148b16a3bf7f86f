import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultNamed } from '../faults/index.ts';
import type { WitnessReading } from '../journal/event.ts';
import { Witness } from './witness.ts';

/** As Patroni's: HTTP/1.0. */
const answer = 'HTTP/1.0 200 OK\r\n\r\nwell';

let server: Server;
let url: string;
/** What becomes of the connections, one after the other; the last word stands. */
let fate: ('answer' | 'close' | 'hold')[];
let held: number;

function meet(socket: Socket): void {
  socket.on('error', () => {});
  const now = fate.length > 1 ? fate.shift() : fate[0];
  socket.resume();
  if (now === 'hold') held += 1;
  if (now === 'close') socket.end();
  if (now === 'answer') socket.once('data', () => socket.end(answer));
}

beforeEach(async () => {
  fate = ['answer'];
  held = 0;
  server = createServer(meet);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const witness = (deadlineMs = 500) =>
  new Witness({
    touched: [{ edge: 'a:b', url, oneAnswer: true }],
    untouched: [],
    nodes: [],
    readNodes: () => Promise.resolve([]),
    deadlineMs,
    periodMs: 20,
  });

const inUse = (readings: readonly WitnessReading[]) =>
  readings.map((one) => (one.connection === 'new' ? { ...one, others: 1 } : one));

test('a black hole before a server that closes after each answer is confirmed by new connections alone', async () => {
  const watching = witness();
  const before = await watching.before();
  fate = ['hold'];
  watching.startDuring();
  // The third comes when at least one has timed out.
  await expect.poll(() => held, { timeout: 9000 }).toBeGreaterThan(2);
  const during = await watching.stopDuring();
  fate = ['answer'];
  const after = await watching.after(5000);
  watching.close();
  const { verdict, failed } = faultNamed('drop').judge({}, inUse([...before, ...during, ...after]));
  expect(failed).toEqual([]);
  expect(verdict).toBe('confirmed');
});

test('an edge that answers, goes once more and comes back is measured until it stays', async () => {
  fate = ['answer', 'close', 'close', 'close', 'answer'];
  // None of these is late, not even on a machine that stalls for some seconds.
  const watching = witness(30_000);
  const [reading] = await watching.after(60_000);
  watching.close();
  expect(reading).toMatchObject({ stage: 'after', connection: 'new', outcomes: { answered: 8 } });
});

test('one that does not stay is told as it is when patience is over', async () => {
  fate = ['answer', 'close'];
  const watching = witness();
  const [reading] = await watching.after(200);
  watching.close();
  expect(reading?.outcomes.answered ?? 0).toBe(0);
});

test('nobody is asked any more once the run is over', async () => {
  fate = ['answer', 'close'];
  const watching = witness();
  const after = watching.after(60_000);
  watching.close();
  await after;
});

test('an untouched edge of which one answer was late is asked again soon, until one of them can be spared', async () => {
  const elsewhere = Array.from({ length: 400 }, (_, index) => ({
    edge: `b:c${index}`,
    url: 'http://127.0.0.1:1',
  }));
  fate = ['hold', 'answer'];
  let asked = 0;
  server.on('connection', () => {
    asked += 1;
  });
  // Of so many each has its turn once a minute.
  const watching = new Witness({
    ...{ touched: [], untouched: [{ edge: 'a:b', url }, ...elsewhere], nodes: [] },
    ...{ readNodes: () => Promise.resolve([]), deadlineMs: 500, periodMs: 20 },
  });
  watching.startDuring();
  await expect.poll(() => asked, { timeout: 30_000 }).toBe(3);
  await watching.stopDuring();
  watching.close();
});

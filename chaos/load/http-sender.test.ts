import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { HttpSender } from './http-sender.ts';
import { answerJson, loopback } from './testing/loopback.ts';

const get = { method: 'GET', path: '/', headers: [], wantBody: true } as const;

/** Of an exchange that is not about its deadline: a machine that stalls for some seconds does not meet it. */
const patientMs = 30_000;

/** Answers and how long they took. */
async function timed(
  sender: HttpSender,
): Promise<{ answer: Awaited<ReturnType<HttpSender['send']>>; tookMs: number }> {
  const startMs = performance.now();
  const answer = await sender.send(get);
  return { answer, tookMs: performance.now() - startMs };
}

test('sends method, path, headers and body, reads the answer, keeps the connection', async () => {
  await using server = await loopback((_, response) => answerJson(response, 201, { orderId: 'o-1' }));
  const sender = new HttpSender(server.baseUrl, patientMs);
  const post = {
    method: 'POST',
    path: '/orders?x=1',
    headers: ['x-customer', 'c-7'],
    body: '{"a":1}',
    wantBody: true,
  } as const;
  for (let i = 0; i < 10; i++)
    expect(await sender.send(post)).toEqual({ status: 201, body: { orderId: 'o-1' } });
  expect(server.requests).toHaveLength(10);
  expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/orders?x=1', body: '{"a":1}' });
  expect(server.requests[0]?.headers['x-customer']).toBe('c-7');
  // Sent again within the turn in which an answer ends, a request finds its connection not free yet: two at most.
  expect(server.sockets.size).toBeLessThanOrEqual(2);
  await sender.destroy();
});

test('tells which replica answered, and how far it says it is behind', async () => {
  await using server = await loopback((_, response) =>
    answerJson(response.setHeader('X-Read-From', 'pg-2').setHeader('X-Staleness-Ms', '120'), 200, {}),
  );
  const sender = new HttpSender(server.baseUrl, patientMs);
  expect(await sender.send(get)).toEqual({ status: 200, body: {}, readFrom: 'pg-2', stalenessMs: 120 });
  await sender.destroy();
});

test("takes a refusal's code even where no body is wanted", async () => {
  await using server = await loopback((_, response) =>
    answerJson(response, 404, { code: 'order-not-found' }),
  );
  const sender = new HttpSender(server.baseUrl, patientMs);
  expect(await sender.send({ ...get, wantBody: false })).toEqual({
    status: 404,
    problemCode: 'order-not-found',
  });
  await sender.destroy();
});

test.each([
  ['before the status line', () => {}, {}],
  [
    'in the middle of the body',
    (response: import('node:http').ServerResponse) => response.writeHead(200).write('half'),
    { status: 200 },
  ],
])(
  'a server that stalls %s: timeout at the deadline, and the socket is closed',
  async (_name, begin, seen) => {
    await using server = await loopback((_, response) => void begin(response));
    const sender = new HttpSender(server.baseUrl, 400);
    const { answer, tookMs } = await timed(sender);
    expect(answer).toEqual({ ...seen, transportError: 'timeout' });
    expect(tookMs).toBeGreaterThan(390);
    await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 30_000 });
    // Nothing tried it again behind our back.
    expect(server.requests).toHaveLength(1);
    expect(sender.inFlight).toBe(0);
    await sender.destroy();
  },
);

test('a deadline closes its own socket only', async () => {
  const held: (() => void)[] = [];
  await using server = await loopback((request, response) => {
    if (request.url === '/stall') return;
    held.push(() => answerJson(response, 200, {}));
  });
  // The other one's is so much later that a machine which stalls for some seconds meets only the first.
  const sender = new HttpSender(server.baseUrl, 5000);
  const stalled = sender.send({ ...get, path: '/stall' });
  await vi.waitFor(() => expect(server.requests).toHaveLength(1), { interval: 5, timeout: 30_000 });
  const later = new Promise((resolve) => setTimeout(resolve, 4500)).then(() => sender.send(get));
  expect(await stalled).toEqual({ transportError: 'timeout' });
  // A machine that stalls sends it only now.
  await vi.waitFor(() => expect(held).toHaveLength(1), { interval: 5, timeout: 30_000 });
  for (const answer of held) answer();
  expect(await later).toMatchObject({ status: 200 });
  await sender.destroy();
});

test.each([
  ['resets', (socket: Socket) => socket.resetAndDestroy(), 'ECONNRESET'],
  ['closes', (socket: Socket) => socket.destroy(), 'closed'],
])('a server that %s without an answer', async (_name, break_, code) => {
  await using server = await loopback((request) => void break_(request.socket));
  const sender = new HttpSender(server.baseUrl, patientMs);
  expect(await sender.send(get)).toEqual({ transportError: code });
  expect(server.requests).toHaveLength(1);
  await sender.destroy();
});

test('an answer that breaks off is none, whatever its status', async () => {
  await using server = await loopback((_, response) => {
    response.writeHead(201, { 'content-length': 100 }).write('{"orderId":', () => response.socket?.destroy());
  });
  const sender = new HttpSender(server.baseUrl, patientMs);
  expect(await sender.send(get)).toEqual({ status: 201, transportError: 'closed' });
  await sender.destroy();
});

test('nobody listens: refused', async () => {
  let baseUrl = '';
  {
    await using server = await loopback(() => {});
    baseUrl = server.baseUrl;
  }
  const sender = new HttpSender(baseUrl, patientMs);
  expect(await sender.send(get)).toEqual({ transportError: 'ECONNREFUSED' });
  await sender.destroy();
});

test('a connect that hangs ends at the deadline', async () => {
  // Its process never accepts, so once the backlog is full the kernel answers no more SYN.
  const child = spawn(process.execPath, [
    '-e',
    `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       require('node:fs').writeSync(1, server.address().port + '\\n');
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     })`,
  ]);
  const fillers: Socket[] = [];
  try {
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    const port = Number(first.toString());
    let hanging = false;
    while (!hanging) {
      const filler = connect(port, '127.0.0.1').on('error', () => {});
      fillers.push(filler);
      hanging = await Promise.race([
        once(filler, 'connect').then(() => false),
        new Promise<boolean>((resolve) => setTimeout(resolve, 500, true)),
      ]);
    }
    const sender = new HttpSender(`http://127.0.0.1:${port}`, 400);
    const answer = await sender.send(get);
    expect(answer).toEqual({ transportError: 'timeout' });
    await sender.destroy();
  } finally {
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
  }
});

test('destroy cuts what is in flight at once', async () => {
  await using server = await loopback(() => {});
  const sender = new HttpSender(server.baseUrl, 60_000);
  const pending = [sender.send(get), sender.send(get)];
  await vi.waitFor(() => expect(server.requests).toHaveLength(2), { timeout: 30_000 });
  await sender.destroy();
  expect(await Promise.all(pending)).toEqual([
    { transportError: 'client-stopped' },
    { transportError: 'client-stopped' },
  ]);
  await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 30_000 });
});

import { connect, type Socket } from 'node:net';

export interface LoadResult {
  /** Answered with 201. */
  readonly bought: number;
  /** Answered with anything else. */
  readonly refused: number;
  readonly seconds: number;
}

/**
 * Buys as fast as the shop answers, on so many connections, each with one request at a time. Written on sockets: a client
 * that takes as much of the machine as the shop would measure itself.
 */
export async function buyAsFastAsPossible(
  port: number,
  connections: number,
  seconds: number,
  scope: string,
): Promise<LoadResult> {
  const from = performance.now();
  const until = from + seconds * 1000;
  const counts = { bought: 0, refused: 0 };
  await Promise.all(
    Array.from({ length: connections }, (_, index) => buyer(port, until, `${scope}-${index}`, counts)),
  );
  return { ...counts, seconds: (performance.now() - from) / 1000 };
}

const draw = (from: number, to: number): number => from + Math.floor(Math.random() * (to - from + 1));
const sku = (number: number): string => `SKU-${String(number).padStart(4, '0')}`;

function order(key: string): string {
  const lines = [draw(1, 100), draw(101, 200)].map((number) => ({ sku: sku(number), quantity: 1 }));
  const body = JSON.stringify({ lines, card: { token: 'tok_ok' } });
  return [
    'POST /orders HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Customer: c-${draw(1, 200)}`,
    `Idempotency-Key: ${key}`,
    '',
    body,
  ].join('\r\n');
}

async function buyer(
  port: number,
  until: number,
  name: string,
  counts: { bought: number; refused: number },
): Promise<void> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  const answers = answersOf(socket);
  for (let number = 0; performance.now() < until; number += 1) {
    socket.write(order(`${name}-${number}`));
    const { value: status } = await answers.next();
    if (status === 201) counts.bought += 1;
    else counts.refused += 1;
    if (status === undefined) break;
  }
  socket.destroy();
}

/** The status of each answer on a kept-alive connection. */
async function* answersOf(socket: Socket): AsyncGenerator<number, undefined> {
  let text = '';
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString('latin1');
    for (;;) {
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) break;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
      if (text.length < head + 4 + length) break;
      yield Number(text.slice(9, 12));
      text = text.slice(head + 4 + length);
    }
  }
  return undefined;
}

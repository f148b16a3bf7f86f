import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './free-port.ts';

/** A TCP proxy that can hold requests back and deliver them later, even when the sender has long gone. */
export interface HoldingProxy {
  readonly url: string;
  /** From now on bytes that begin a request with this text, e.g. `POST /captures`, are kept. */
  hold(text: string): void;
  /** How many requests are kept now. */
  readonly held: number;
  /** Delivers what was kept, in order, and keeps nothing more. */
  release(): void;
  /** From now on what the upstream answers to requests beginning with this text is destroyed, and the socket with it. */
  loseAnswersTo(text: string | undefined): void;
  close(): Promise<void>;
}

export async function startHoldingProxy(upstreamUrl: string): Promise<HoldingProxy> {
  const { port: upstreamPort } = new URL(upstreamUrl);
  const listenPort = await freePort();
  let holding: string | undefined;
  let losing: string | undefined;
  let kept: (() => void)[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(Number(upstreamPort), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    }
    let lost = false;
    let waiting: Buffer[] | undefined;
    client.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (losing !== undefined && text.startsWith(losing)) lost = true;
      if (waiting !== undefined) {
        waiting.push(chunk);
      } else if (holding !== undefined && text.startsWith(holding)) {
        const mine = [chunk];
        waiting = mine;
        kept.push(() => {
          waiting = undefined;
          upstream.write(Buffer.concat(mine));
        });
      } else {
        upstream.write(chunk);
      }
    });
    client.on('close', () => {
      if (waiting === undefined) upstream.end();
    });
    upstream.on('data', (chunk) => {
      if (lost) client.destroy();
      else if (client.writable) client.write(chunk);
    });
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(listenPort, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${listenPort}`,
    hold: (text) => {
      holding = text;
    },
    get held() {
      return kept.length;
    },
    release: () => {
      holding = undefined;
      const deliveries = kept;
      kept = [];
      for (const deliver of deliveries) deliver();
    },
    loseAnswersTo: (text) => {
      losing = text;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

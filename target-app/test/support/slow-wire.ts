import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export interface SlowWire {
  readonly port: number;
  close(): Promise<void>;
}

/** A TCP proxy on which everything takes so long, each way. */
export async function startSlowWire(upstreamPort: number, delayMs: number): Promise<SlowWire> {
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('error', () => {}).on('close', () => to.destroy());
    from.on('data', async (chunk) => {
      await sleep(delayMs);
      if (to.writable) to.write(chunk);
    });
  };
  const server = createServer((client) => {
    const upstream = connect(upstreamPort, '127.0.0.1');
    pass(client, upstream);
    pass(upstream, client);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

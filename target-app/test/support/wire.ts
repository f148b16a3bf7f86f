import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './free-port.ts';

export interface Wire {
  readonly port: number;
  close(): Promise<void>;
}

/** A TCP proxy. @param through what becomes of each piece on its way, both ways. */
export async function startWire(
  upstreamPort: number,
  through: (chunk: Buffer) => Buffer | Promise<Buffer>,
): Promise<Wire> {
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('error', () => {}).on('close', () => to.destroy());
    from.on('data', async (chunk) => {
      const passed = await through(chunk);
      if (to.writable) to.write(passed);
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

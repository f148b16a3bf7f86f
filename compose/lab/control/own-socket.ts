import { Socket } from 'node:net';

/**
 * From where Firedrill dials: all of 127.0.0.0/8 is this machine, so its own connections can be told from the shop's in the
 * kernel's table.
 */
export const ownAddress = '127.0.0.2';

/** A socket that will dial from {@link ownAddress}, whoever calls its `connect(port, host)`; to another network from this machine's address there. */
export function ownSocket(): Socket {
  const socket = new Socket().setNoDelay();
  const connect = socket.connect.bind(socket);
  socket.connect = ((port: number, host: string) =>
    connect({
      port,
      host,
      ...(host.startsWith('127.') ? { localAddress: ownAddress } : {}),
    })) as Socket['connect'];
  return socket;
}

import type { AddressInfo } from 'node:net';
import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** What a relay does to the connections that are opened from now on, and to the answers of those that are open. */
export type RelayMode =
  | { readonly kind: 'pass' }
  /** The request is carried out; the connection breaks before a byte of the answer arrives. */
  | { readonly kind: 'lose-answers' }
  | { readonly kind: 'delay-answers'; readonly ms: number }
  /**
   * A request that begins so is held, and delivered on `release`, even when its sender has left.
   * `introducedBy`: only on connections whose first bytes contain this, as PostgreSQL's name their application.
   */
  | { readonly kind: 'hold-requests'; readonly beginning: string; readonly introducedBy?: string };

/** A TCP relay on 127.0.0.1: Toxiproxy's faults, to the exact request. */
export interface Relay {
  readonly url: string;
  readonly port: number;
  mode: RelayMode;
  /** Held requests at this moment. */
  readonly held: number;
  /** Answers that were delayed or lost so far: as many requests were carried out behind it. */
  readonly spoilt: number;
  /** Delivers what is held and waits until each was answered. */
  release(): Promise<void>;
  close(): Promise<void>;
}

interface Held {
  readonly upstream: Socket;
  readonly bytes: Buffer[];
}

export async function startRelay(upstreamUrl: string): Promise<Relay> {
  const { port: upstreamPort } = new URL(upstreamUrl);
  const sockets = new Set<Socket>();
  const held: Held[] = [];
  let mode: RelayMode = { kind: 'pass' };
  let spoilt = 0;
  const server = createServer((client) => {
    const upstream = createConnection({ host: '127.0.0.1', port: Number(upstreamPort) });
    track(client);
    track(upstream);
    let holding: Held | undefined;
    let introduction: string | undefined;
    const holds = (text: string) =>
      mode.kind === 'hold-requests' &&
      text.startsWith(mode.beginning) &&
      (introduction ?? '').includes(mode.introducedBy ?? '');
    client.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      introduction ??= text;
      if (holding !== undefined && held.includes(holding)) holding.bytes.push(bytes);
      else if (holds(text)) {
        holding = { upstream, bytes: [bytes] };
        held.push(holding);
      } else upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      const current = mode;
      if (current.kind === 'lose-answers' || current.kind === 'delay-answers') spoilt += 1;
      if (current.kind === 'lose-answers') {
        client.destroy();
        upstream.destroy();
      } else if (current.kind === 'delay-answers') setTimeout(() => client.write(bytes), current.ms).unref();
      else client.write(bytes);
    });
    client.on('close', () => {
      // Its sender is gone, but what the network holds will still arrive.
      if (holding === undefined || !held.includes(holding)) upstream.end();
    });
    upstream.on('close', () => client.destroy());
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get mode() {
      return mode;
    },
    set mode(next) {
      mode = next;
    },
    get held() {
      return held.length;
    },
    get spoilt() {
      return spoilt;
    },
    release: async () => {
      mode = { kind: 'pass' };
      await Promise.all(held.splice(0).map(deliver));
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  }
}

async function deliver({ upstream, bytes }: Held): Promise<void> {
  if (upstream.destroyed || !upstream.writable) return;
  const answered = new Promise((resolve) => upstream.once('data', resolve).once('close', resolve));
  upstream.write(Buffer.concat(bytes));
  await answered;
}

/** Below the ephemeral ports, as every listener of the project. */
async function listen(server: Server): Promise<void> {
  for (let port = 21_000; ; port++) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
    try {
      return await promise;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    } finally {
      server.removeAllListeners('error').removeAllListeners('listening');
    }
  }
}

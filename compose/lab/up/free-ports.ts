import { createServer } from 'node:net';
import { FiredrillError } from '@firedrill/errors';

/** Below the ports that the kernel gives to outgoing connections, above those that services are known by. */
export const portRange = { first: 12_000, last: 32_767 } as const;

/** Whether a port of 127.0.0.1 can be listened on now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The first free ports from `start` on, wrapping at the range's end.
 * @throws {FiredrillError} `port-taken` when there are not enough.
 */
export async function freePorts(
  count: number,
  start: number,
  reserved: ReadonlySet<number> = new Set(),
  free: (port: number) => Promise<boolean> = isFree,
): Promise<readonly number[]> {
  const size = portRange.last - portRange.first + 1;
  const found: number[] = [];
  for (let step = 0; step < size && found.length < count; step++) {
    const port = portRange.first + ((start - portRange.first + step) % size);
    if (!reserved.has(port) && (await free(port))) found.push(port);
  }
  if (found.length === count) return found;
  throw new FiredrillError('port-taken', `only ${found.length} of ${count} ports are free`, {
    where: `127.0.0.1:${portRange.first}-${portRange.last}`,
    fix: 'end what listens there (`ss -ltnp` lists it)',
  });
}

/** Pure: where a lab starts to look, so that two labs rarely meet. */
export function firstPortOf(labId: string): number {
  const slots = Math.floor((portRange.last - portRange.first + 1) / 64);
  return portRange.first + (Number.parseInt(labId.slice(0, 8), 16) % slots) * 64;
}

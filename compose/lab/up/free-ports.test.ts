import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { firstPortOf, freePorts, isFree, portRange } from './free-ports.ts';

describe('freePorts', () => {
  it('skips what is reserved and what is taken, and wraps at the end', async () => {
    const taken = portRange.first + 1;
    const found = await freePorts(
      3,
      portRange.last,
      new Set([portRange.first]),
      async (port) => port !== taken,
    );
    expect(found).toEqual([portRange.last, portRange.first + 2, portRange.first + 3]);
  });

  it('says so when there are not enough', async () => {
    await expect(freePorts(1, portRange.first, new Set(), async () => false)).rejects.toMatchObject({
      code: 'port-taken',
    });
  });

  it.each(['127.0.0.1', '0.0.0.0'])('knows a port that something on %s holds', async (host) => {
    const [port = 0] = await freePorts(1, 30_000);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ host, port }, resolve));
    expect(await isFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(port)).toBe(true);
  });
});

it('starts below the ephemeral ports, wherever the lab is', () => {
  for (const labId of ['00000000-l1', 'ffffffff-l6', '7fffffff-l2']) {
    expect(firstPortOf(labId)).toBeGreaterThanOrEqual(portRange.first);
    expect(firstPortOf(labId)).toBeLessThanOrEqual(portRange.last);
  }
});

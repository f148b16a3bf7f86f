import { createServer } from 'node:http';
import { freePort } from '../support/free-port.ts';

/** Takes whatever an OpenTelemetry exporter sends, and keeps only how much it was. */
export async function startDiscardingSink(): Promise<{
  readonly url: string;
  readonly bytes: number;
  close(): Promise<void>;
}> {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => response.end());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    get bytes() {
      return bytes;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

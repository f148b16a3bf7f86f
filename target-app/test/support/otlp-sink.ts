import { createServer } from 'node:http';
import { freePort } from './free-port.ts';

/** Takes what an OpenTelemetry exporter sends. */
export interface OtlpSink {
  readonly url: string;
  /** All bodies that came for paths beginning with this one. */
  received(path: string): Buffer;
  close(): Promise<void>;
}

export async function startOtlpSink(manner: 'answers' | 'never answers' = 'answers'): Promise<OtlpSink> {
  const bodies: { path: string; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push({ path: request.url ?? '', body: Buffer.concat(chunks) });
      if (manner === 'answers') response.end();
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    received: (path) =>
      Buffer.concat(bodies.filter((entry) => entry.path.startsWith(path)).map((entry) => entry.body)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

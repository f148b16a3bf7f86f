import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FiredrillError } from '@firedrill/errors';
import type { ClientMetrics } from './client-metrics.ts';

/** Prometheus sends it with each scrape; a person or a probe that looks at /metrics does not. */
const SCRAPE_HEADER = 'x-prometheus-scrape-timeout-seconds';

export interface MetricsServer {
  readonly port: number;
  /** Resolves when Prometheus has read the series for the first time. */
  readonly scraped: Promise<void>;
  close(): void;
}

/** Serves GET /metrics. @throws {FiredrillError} `port-taken` */
export async function serveMetrics(
  metrics: ClientMetrics,
  port: number,
  host = '127.0.0.1',
): Promise<MetricsServer> {
  const scraped = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => {
        response.writeHead(200, { 'content-type': metrics.contentType }).end(text, () => {
          if (request.headers[SCRAPE_HEADER] !== undefined) scraped.resolve();
        });
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new FiredrillError('port-taken', `cannot serve the client's metrics on ${host}:${port}`, { cause }),
      ),
    );
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    scraped: scraped.promise,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

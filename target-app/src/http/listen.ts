import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { exitUnavailable, exitWithLine } from '../config/read-config.ts';
import { problemBody } from './problem.ts';
import type { ProblemCode } from './problems.ts';

/** What node:http calls a request that it could not read. */
const unreadable: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** A port that cannot be had ends the process with one line, exit 69. */
export async function listen(
  program: string,
  handler: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Server> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 75_000 },
    handler,
  );
  server.on('clientError', refuse);
  server.on('checkExpectation', (_request, response) => {
    const body = problemBody('expectation-failed');
    response.writeHead(body.status, { 'Content-Type': 'application/problem+json; charset=utf-8' });
    response.end(JSON.stringify(body));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? 'the port is taken by another process' : error.message;
    exitWithLine(exitUnavailable, `${program}: cannot listen on ${host}:${port}: ${reason}`);
  });
  server.listen(port, host, resolve);
  await promise;
  return server;
}

/** Even what is no HTTP is answered with a problem, where the socket still takes it. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = problemBody(unreadable[error.code ?? ''] ?? 'bad-http');
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}

/** How often those are looked for that have had their answer and are kept, ms. */
const idleEveryMs = 20;

/** Stops taking connections, lets the requests under way end, but no longer than the grace. */
export async function stopListening(server: Server, graceMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), idleEveryMs);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await promise;
  clearInterval(idle);
  clearTimeout(timer);
}

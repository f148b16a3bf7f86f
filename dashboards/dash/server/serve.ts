import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { FiredrillError } from '@firedrill/errors';
import { PastRuns } from '../reading/past-runs.ts';
import { LabWatch } from '../watch/lab-watch.ts';
import { reason } from '../watch/part.ts';
import { type Answer, json, message, plain } from './answer.ts';
import { pageAssets } from './assets.ts';
import { cookieName, type Lock, refusalOf } from './guard.ts';
import { answerTo, type Parts } from './router.ts';

export interface DashOptions {
  readonly level: number;
  /** 0: a free one. */
  readonly port: number;
  /** The folder that holds the runs. */
  readonly runs: string;
}

export interface Dash {
  readonly port: number;
  /** With its token. */
  readonly url: string;
  close(): Promise<void>;
}

/** A body smaller than this is as soon there as its compression, bytes. */
const worthIt = 1400;

/** Serves the page on 127.0.0.1. @throws {FiredrillError} `port-taken` */
export async function serveDash({ level, port: wanted, runs }: DashOptions): Promise<Dash> {
  const token = randomBytes(32).toString('base64url');
  const watch = new LabWatch(level, runs);
  const parts: Parts = { level, watch, runs: new PastRuns(runs), assets: pageAssets() };
  let port = wanted;
  const server = createServer((request, response) => {
    void respond(request, { token, port }, parts)
      .catch((error: unknown) => json({ error: reason(error) }, 500))
      .then((answer) => send(response, answer, takesGzip(request)));
  });
  server.listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new FiredrillError('port-taken', `port ${wanted} cannot be listened on: ${reason(cause)}`, {
      where: '--port',
      fix: 'name another one, or leave --port out',
      cause,
    });
  }
  ({ port } = server.address() as AddressInfo);
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${token}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      watch.close();
    },
  };
}

async function respond(request: IncomingMessage, lock: Lock, parts: Parts): Promise<Answer> {
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  if (url === null) return plain(400, 'this is no address');
  const { headers, method = '' } = request;
  const refusal = refusalOf(
    {
      method,
      host: headers.host,
      cookie: headers.cookie,
      token: url.searchParams.get('token'),
      site: headers['sec-fetch-site'] as string | undefined,
    },
    lock,
  );
  if (refusal === undefined) return letIn(await answerTo(url, parts), url, lock);
  const wantsPage = headers.accept?.includes('text/html') === true;
  if (!wantsPage) return plain(refusal.status, refusal.text);
  return message(refusal.status, 'Not this way', refusal.text);
}

/** Whoever came in by the address stays in by a cookie: the token is in no address from here on. */
function letIn(answer: Answer, url: URL, { token, port }: Lock): Answer {
  if (!url.searchParams.has('token')) return answer;
  const cookie = `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`;
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
}

const takesGzip = ({ headers }: IncomingMessage): boolean =>
  String(headers['accept-encoding'] ?? '').includes('gzip');

function send(response: ServerResponse, answer: Answer, gzip: boolean): void {
  const { status, type, gzipped = false, headers = {} } = answer;
  const compress = gzip && !gzipped && answer.body.length > worthIt;
  const body = gzipped && !gzip ? gunzipSync(answer.body) : answer.body;
  const sent = compress ? gzipSync(body, { level: 1 }) : body;
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(sent),
    ...(compress || (gzip && gzipped) ? { 'content-encoding': 'gzip' } : {}),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'self'",
    ...headers,
  });
  response.end(sent);
}

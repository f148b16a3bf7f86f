import { connect } from 'node:net';
import type { FuzzRequest } from './request.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Writes the bytes as they are, whatever a decent client would say to them. @throws when the answer is not HTTP. */
export function sendRaw(port: number, request: FuzzRequest, deadlineMs: number): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const chunks: Buffer[] = [];
  const socket = connect(port, '127.0.0.1', () => socket.write(bytesOf(request)));
  socket.setTimeout(deadlineMs, () => socket.destroy(new Error(`no answer in ${deadlineMs} ms`)));
  socket.on('data', (chunk) => chunks.push(chunk));
  // An answer that came before a reset is an answer: the shop may hang up on a body that it will not read.
  socket.on('error', (error) => (chunks.length === 0 ? reject(error) : undefined));
  socket.on('close', () => {
    try {
      resolve(parse(Buffer.concat(chunks)));
    } catch (error) {
      reject(error);
    }
  });
  return promise;
}

function bytesOf({ method, target, headers, body }: FuzzRequest): Buffer {
  const named = (name: string) => headers.some(([other]) => other.toLowerCase() === name);
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined || named('content-length') ? [] : [`Content-Length: ${body.bytes.length}`]),
  ];
  return Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    body?.bytes ?? Buffer.alloc(0),
  ]);
}

/** The first final answer in the bytes. */
function parse(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  if (!Number.isInteger(status))
    throw new Error(`not an HTTP answer: ${bytes.subarray(0, 200).toString('latin1')}`);
  const rest = bytes.subarray(end + 4);
  if (status < 200) return parse(rest);
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
    }),
  );
  const body = headers.get('transfer-encoding') === 'chunked' ? unchunked(rest) : rest;
  const length = Number(headers.get('content-length') ?? body.length);
  return { status, headers, body: body.subarray(0, length).toString('utf8') };
}

function unchunked(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n');
  const size = Number.parseInt(bytes.subarray(0, Math.max(0, end)).toString('latin1'), 16);
  if (!(size > 0)) return Buffer.alloc(0);
  const from = end + 2;
  return Buffer.concat([bytes.subarray(from, from + size), unchunked(bytes.subarray(from + size + 2))]);
}

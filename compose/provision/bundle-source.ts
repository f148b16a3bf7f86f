import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';

/** Where a packed cache is read from: a file, or a server that is trusted because it speaks https or is this machine. */
export interface BundleSource {
  readonly open: (signal: AbortSignal | undefined) => Promise<Readable>;
  /** The hash that the whole file must have. */
  readonly sha256: (signal: AbortSignal | undefined) => Promise<string>;
}

const local = new Set(['127.0.0.1', 'localhost', '[::1]']);

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const allowed =
    url !== undefined &&
    (/^(file|https):$/.test(url.protocol) || (url.protocol === 'http:' && local.has(url.hostname)));
  if (!allowed) throw new Error('it must be a file: or https: URL');
  return url;
}

async function get(url: URL, signal: AbortSignal | undefined): Promise<Readable> {
  if (url.protocol === 'file:') {
    const handle = await open(fileURLToPath(url));
    await handle.close();
    return createReadStream(fileURLToPath(url));
  }
  // fetch refuses a URL with a password in it.
  const bare = new URL(url);
  [bare.username, bare.password] = ['', ''];
  const login = Buffer.from(decodeURIComponent(`${url.username}:${url.password}`)).toString('base64');
  const headers = url.username === '' ? {} : { authorization: `Basic ${login}` };
  const response = await fetch(bare, { headers, ...(signal && { signal }) });
  if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
  return Readable.fromWeb(response.body as ReadableStream);
}

async function text(url: URL, signal: AbortSignal | undefined): Promise<string> {
  if (url.protocol === 'file:') return readFile(fileURLToPath(url), 'utf8');
  return Buffer.concat(await (await get(url, signal)).toArray()).toString('utf8');
}

/** Reads `FIREDRILL_CACHE_URL`: the hash comes from `#sha256=<hex>`, else from the `.sha256` file beside it. */
export function bundleSource(variable: string): BundleSource {
  const url = parse(variable);
  const pinned = /^#sha256=([0-9a-f]{64})$/.exec(url.hash)?.[1];
  url.hash = '';
  const beside = new URL(url);
  beside.pathname += '.sha256';
  return {
    open: (signal) => get(url, signal),
    sha256: async (signal) => {
      const found = pinned ?? /^[0-9a-f]{64}\b/.exec(await text(beside, signal))?.[0];
      if (found === undefined) throw new Error(`${beside.pathname} holds no sha256`);
      return found;
    },
  };
}

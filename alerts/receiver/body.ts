import type { IncomingMessage } from 'node:http';

/** Alertmanager's largest honest payload (a few alerts) is some kilobytes. */
const maximumBodyBytes = 1_048_576;

/** What is over the limit is read and thrown away up to here, so that the sender sees the answer and not a reset. */
const maximumDrainBytes = 32 * maximumBodyBytes;

/** The whole body, or `undefined` when it is larger than `maximumBodyBytes`. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving a plain `for await` would destroy the socket, and the answer with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumDrainBytes) break;
    if (bytes <= maximumBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > maximumBodyBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

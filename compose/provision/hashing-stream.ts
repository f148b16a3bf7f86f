import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/** A stage of a pipeline that passes everything on and knows the sha256 of it at the end. */
export function hashingStream(): { readonly hashing: Transform; readonly digest: () => string } {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      hash.update(chunk);
      next(null, chunk);
    },
  });
  return { hashing, digest: () => hash.digest('hex') };
}

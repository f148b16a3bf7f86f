import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import {
  listTree,
  type Manifest,
  type ManifestEntry,
  manifestName,
  manifestSchema,
} from './bundle-manifest.ts';
import type { BundleSource } from './bundle-source.ts';

/** Unpacks a packed cache into a private folder as it comes in, then trusts it only when the hash of the whole is right. */
export async function unpackBundle(
  source: BundleSource,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Manifest> {
  const expected = await source.sha256(signal);
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      hash.update(chunk);
      next(null, chunk);
    },
  });
  const tar = spawn('tar', ['-xf', '-', '-C', folder, '--no-same-owner'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaint = '';
  tar.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(0, 300);
  });
  const ended = new Promise<number | null>((done, fail) => tar.on('error', fail).on('close', done));
  const flowed = pipeline(await source.open(signal), hashing, createZstdDecompress(), tar.stdin, {
    ...(signal && { signal }),
  });
  const flow = await flowed.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (flow !== undefined) tar.stdin.destroy();
  const code = await ended;
  if (flow !== undefined || code !== 0)
    throw new Error(['it cannot be unpacked', complaint.trim()].filter(Boolean).join(': '), { cause: flow });
  const actual = hash.digest('hex');
  if (actual !== expected) throw new Error(`its sha256 is ${actual} and should be ${expected}`);
  return manifestSchema.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
}

/** Compares a component's files with the manifest: none missing, none changed, none more. */
export async function verifyFiles(folder: string, component: Manifest['components'][number]): Promise<void> {
  const lines = (entries: readonly ManifestEntry[]): readonly string[] =>
    entries.map((entry) => JSON.stringify(entry));
  const actual = new Set(lines(await listTree(join(folder, component.folder))));
  const expected = new Set(lines(component.files));
  const wrong =
    [...actual].find((line) => !expected.has(line)) ?? [...expected].find((line) => !actual.has(line));
  if (wrong !== undefined) throw new Error(`${component.name} does not agree with its manifest: ${wrong}`);
}

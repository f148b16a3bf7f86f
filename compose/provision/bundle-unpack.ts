import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
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
import { hashingStream } from './hashing-stream.ts';

interface Tar {
  readonly input: Writable;
  readonly ended: Promise<{ readonly ok: boolean; readonly complaint: string }>;
}

/** A tar that unpacks into a folder. It stops reading at the archive's end mark; what comes after it is padding. */
function tarInto(folder: string): Tar {
  const tar = spawn('tar', ['-xf', '-', '-C', folder, '--no-same-owner'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaint = '';
  tar.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(0, 300);
  });
  tar.stdin.on('error', () => undefined);
  const input = new Writable({
    write: (chunk: Buffer, _encoding, next) => {
      if (tar.stdin.writable) tar.stdin.write(chunk, () => next());
      else next();
    },
    final: (done) => {
      tar.stdin.end();
      done();
    },
    destroy: (error, done) => {
      tar.stdin.destroy();
      done(error);
    },
  });
  const ended = new Promise<{ ok: boolean; complaint: string }>((resolve) => {
    tar.on('error', ({ message }) => resolve({ ok: false, complaint: message }));
    tar.on('close', (code) => resolve({ ok: code === 0, complaint: complaint.trim() }));
  });
  return { input, ended };
}

/** Unpacks a packed cache into a private folder as it comes in, then trusts it only when the hash of the whole is right. */
export async function unpackBundle(
  source: BundleSource,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Manifest> {
  const expected = await source.sha256(signal);
  const opened = await source.open(signal);
  const { hashing, digest } = hashingStream();
  const tar = tarInto(folder);
  const cause = await pipeline(opened, hashing, createZstdDecompress(), tar.input, {
    ...(signal && { signal }),
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { ok, complaint } = await tar.ended;
  if (cause !== undefined || !ok)
    throw new Error(['it cannot be unpacked', complaint].filter(Boolean).join(': '), { cause });
  const actual = digest();
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

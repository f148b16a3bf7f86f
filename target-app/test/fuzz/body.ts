import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { fromSchema, jsonText, junk } from './from-schema.ts';
import type { Schema } from './operations.ts';

/** A request's body as it goes over the wire. */
export interface WireBody {
  readonly bytes: Buffer;
  readonly headers: readonly (readonly [string, string])[];
  /** What it says, where it is JSON in the way that is asked for; it must then be judged by the schema. */
  readonly json?: string;
}

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One place somewhere in the value is something else, gone, or more. */
function broken(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) {
    const at = fc.nat({ max: Math.max(0, value.length - 1) });
    return fc.oneof(
      junk,
      fc.constant([...value, ...value]),
      at.chain((index) => broken(value[index]).map((other) => value.with(index, other))),
    );
  }
  if (isRecord(value) && Object.keys(value).length > 0) {
    const name = fc.constantFrom(...Object.keys(value));
    return fc.oneof(
      junk,
      name.map((gone) => Object.fromEntries(Object.entries(value).filter(([field]) => field !== gone))),
      fc.tuple(fc.string({ maxLength: 20 }), junk).map(([field, more]) => ({ ...value, [field]: more })),
      {
        weight: 4,
        arbitrary: name.chain((field) => broken(value[field]).map((other) => ({ ...value, [field]: other }))),
      },
    );
  }
  return junk;
}

const plain = { 'content-type': 'application/json' };
const wire = (bytes: Buffer, headers: Readonly<Record<string, string>>, json?: string): WireBody => ({
  bytes,
  headers: Object.entries(headers),
  ...(json === undefined ? {} : { json }),
});

type Dress = (text: string) => WireBody;

const typed =
  (type: string): Dress =>
  (text) =>
    wire(Buffer.from(text), { 'content-type': type });
const encoded =
  (encoding: string, encode: (bytes: Buffer) => Buffer): Dress =>
  (text) =>
    wire(encode(Buffer.from(text)), { ...plain, 'content-encoding': encoding });
const spoilt =
  (spoil: (text: string) => string | Buffer): Dress =>
  (text) =>
    wire(Buffer.from(spoil(text) as string), plain);
const bomb = gzipSync(Buffer.alloc(2_000_000, 0x20));

/** Ways to send JSON that a server may take, must refuse, or has never thought of. */
const dresses: readonly Dress[] = [
  typed('application/json; charset=utf-8'),
  typed('APPLICATION/JSON'),
  typed('application/json; charset=utf-16'),
  typed('application/json; charset=klingon'),
  typed('application/json;;;'),
  typed('application/problem+json'),
  typed('application/x-www-form-urlencoded'),
  typed('multipart/form-data; boundary=x'),
  typed('text/plain'),
  typed(''),
  typed('*/*'),
  (text) => wire(Buffer.from(text), {}),
  (text) => wire(Buffer.from(text, 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }),
  encoded('gzip', gzipSync),
  encoded('gzip', (bytes) => gzipSync(bytes).subarray(0, 15)),
  encoded('gzip', (bytes) => bytes),
  encoded('gzip', () => bomb),
  encoded('br, gzip', (bytes) => bytes),
  spoilt((text) => `\ufeff${text}`),
  spoilt((text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28])])),
  spoilt((text) => `{"__proto__":{"polluted":1},"constructor":{"prototype":1},${text.slice(1)}`),
  spoilt((text) => text.replace('{', '{"lines":[],"lines":')),
  spoilt(() => ' '.repeat(40_000)),
  spoilt(() => `${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  spoilt(() => ''),
];

/** The text as it is, in another dress, cut off, or none of it. */
function dressed(text: string): fc.Arbitrary<WireBody> {
  const bytes = Buffer.from(text);
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant(wire(bytes, plain, text)) },
    { weight: 4, arbitrary: fc.constantFrom(...dresses).map((dress) => dress(text)) },
    fc.nat({ max: bytes.length }).map((end) => wire(bytes.subarray(0, end), plain)),
    fc.uint8Array({ maxLength: 200 }).map((noise) => wire(Buffer.from(noise), plain)),
  );
}

/** Half of them what the schema takes, the others broken somewhere; both in any dress. */
export function bodyOf(schema: Schema): fc.Arbitrary<WireBody> {
  const value = fromSchema(schema);
  return fc.oneof(value, value.chain(broken)).chain((sent) => dressed(jsonText(sent)));
}

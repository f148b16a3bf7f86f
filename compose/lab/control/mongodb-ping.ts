// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/

const headerBytes = 16;
const opMsg = 2013;

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function message(): Buffer {
  const fields = [
    Buffer.from('\x10ping\0'),
    int32(1),
    Buffer.from('\x02$db\0'),
    int32(6),
    Buffer.from('admin\0'),
  ];
  const length = fields.reduce((sum, field) => sum + field.length, 0) + 5;
  const noFlags = int32(0);
  const oneDocument = Buffer.of(0);
  const body = Buffer.concat([noFlags, oneDocument, int32(length), ...fields, Buffer.of(0)]);
  return Buffer.concat([int32(headerBytes + body.length), int32(1), int32(0), int32(opMsg), body]);
}

/** `{ping: 1}`, as any driver asks it. */
export const mongodbPing: Buffer = message();

const ok = Buffer.concat([Buffer.from('\x01ok\0'), Buffer.from(new Float64Array([1]).buffer)]);

/** Pure: what is said to a ping; `undefined` while it is not all there. */
export function mongodbPong(received: Buffer): 'ok' | 'not ok' | undefined {
  if (received.length < headerBytes || received.length < received.readInt32LE(0)) return undefined;
  return received.readInt32LE(12) === opMsg && received.includes(ok) ? 'ok' : 'not ok';
}

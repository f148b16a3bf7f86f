import fc from 'fast-check';
import type { Schema } from './operations.ts';

/** Stands in a generated request for what an earlier answer told; the sender puts it in. */
export const known = { order: '{order}', customer: '{customer}', sku: '{sku}' } as const;

/** fast-check makes strings of plain patterns only; what the document forbids by Unicode class is made of the rest. */
function stringOf(schema: Schema): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = 60 } = schema;
  if (format === 'uuid') return fc.oneof({ weight: 4, arbitrary: fc.constant(known.order) }, fc.uuid());
  if (pattern?.startsWith('^SKU-')) {
    const real = fc.integer({ min: 1, max: 20 }).map((number) => `SKU-${String(number).padStart(4, '0')}`);
    return fc.oneof(
      { weight: 4, arbitrary: real },
      { weight: 8, arbitrary: fc.constant(known.sku) },
      fc.stringMatching(new RegExp(pattern)),
    );
  }
  if (pattern?.startsWith('^c-')) {
    return fc.oneof(
      { weight: 4, arbitrary: fc.constant(known.customer) },
      fc.constantFrom('c-1', 'c-2', 'c-3'),
    );
  }
  if (pattern?.startsWith('^tok_')) {
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant('tok_ok') },
      fc.constantFrom('tok_declined', 'tok_expired_card'),
      fc.stringMatching(new RegExp(pattern)),
    );
  }
  if (pattern?.includes('x21-')) {
    // Few keys, so that many are sent twice; and new ones, so that something is done.
    return fc.oneof(
      fc.integer({ min: 1, max: 30 }).map((n) => `key-${n}`),
      fc.uuid(),
      fc.stringMatching(/^[!-~]{1,128}$/),
    );
  }
  if (pattern === '^[a-z0-9-]{1,64}$')
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('main', 'gift') },
      fc.stringMatching(new RegExp(pattern)),
    );
  if (pattern !== undefined && !pattern.includes('\\p')) return fc.stringMatching(new RegExp(pattern));
  return fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 200) })
    .filter((text) => text.trim() !== '');
}

/** What the schema takes, with the shop's own names where it knows them. */
export function fromSchema(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(fromSchema));
  switch (schema.type) {
    case 'integer': {
      const { minimum: min = -(2 ** 31), maximum: max = 2 ** 31 - 1 } = schema;
      return fc.oneof(
        { weight: 3, arbitrary: fc.constant(min) },
        fc.integer({ min, max: Math.min(max, 3) }),
        fc.integer({ min, max }),
      );
    }
    case 'array': {
      const item = fromSchema(schema.items ?? {});
      const several = { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 5, 5) };
      return fc.oneof({ weight: 2, arbitrary: item.map((one) => [one]) }, fc.array(item, several));
    }
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([name, field]) => [name, fromSchema(field)] as const,
      );
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
    }
    default:
      return stringOf(schema);
  }
}

/** A number as text, which JavaScript could not write so itself. */
const rawNumber = (digits: string): string => `@number:${digits}`;

/** JSON text of a generated value. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"@number:([^"]*)"/g, '$1');

/** What hardly any schema takes. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.bigInt().map((number) => rawNumber(number.toString())),
  fc.constantFrom(
    ...[
      null,
      true,
      -1,
      0,
      0.5,
      2 ** 31,
      2 ** 53,
      -(2 ** 63),
      Number.MAX_VALUE,
      '',
      ' ',
      '\u0000',
      '\ud800',
      '💥',
      '٣',
    ],
    ...[
      "' OR 1=1 --",
      '../../etc/passwd',
      '$' + '{jndi:ldap://x}',
      '{{7*7}}',
      'a'.repeat(5000),
      '1e400',
      'NaN',
      '\u202e',
    ],
    ...[[], {}, [[]], { $gt: '' }],
    rawNumber('1e999'),
    rawNumber('-0'),
    rawNumber(`1${'0'.repeat(400)}`),
    rawNumber('0.1e-400'),
  ),
);

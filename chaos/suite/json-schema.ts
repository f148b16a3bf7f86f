import { z } from 'zod';
import { suiteSchema } from './suite.ts';

/** The committed file, next to this one. */
export const suiteSchemaFile = new URL('suite.schema.json', import.meta.url);

/** Pure: suite.schema.json as it must stand, JSON Schema 2020-12. */
export function suiteJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(suiteSchema, { target: 'draft-2020-12', io: 'input' });
  const schema = { $schema, $id: 'suite.schema.json', title: 'A suite of Firedrill', ...rest };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

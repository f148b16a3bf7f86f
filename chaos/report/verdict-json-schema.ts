import { z } from 'zod';
import { verdictSchema } from './verdict.ts';

/** The committed file, next to this one. */
export const verdictSchemaFile = new URL('verdict.schema.json', import.meta.url);

/** Pure: verdict.schema.json as it must stand, JSON Schema 2020-12. */
export function verdictJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(verdictSchema, { target: 'draft-2020-12' });
  const schema = {
    $schema,
    $id: 'verdict.schema.json',
    title: 'The verdict of a Firedrill run (verdict.json)',
    ...rest,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

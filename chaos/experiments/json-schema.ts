import { z } from 'zod';
import { experimentSchema } from './experiment.ts';

/** The committed file, next to this one. */
export const experimentSchemaFile = new URL('experiment.schema.json', import.meta.url);

/** Pure: experiment.schema.json as it must stand, JSON Schema 2020-12: what an author writes, without what is filled in. */
export function experimentJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(experimentSchema, {
    target: 'draft-2020-12',
    io: 'input',
    reused: 'ref',
  });
  const schema = { $schema, $id: 'experiment.schema.json', title: 'An experiment of Firedrill', ...rest };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

import { writeFile } from 'node:fs/promises';
import { experimentJsonSchema, experimentSchemaFile } from './json-schema.ts';

await writeFile(experimentSchemaFile, experimentJsonSchema());

import { writeFile } from 'node:fs/promises';
import { verdictJsonSchema, verdictSchemaFile } from './verdict-json-schema.ts';

await writeFile(verdictSchemaFile, verdictJsonSchema());
